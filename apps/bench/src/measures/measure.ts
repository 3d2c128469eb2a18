import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'

/** A measure that the command line can name. */
export type Measure = {
	name: string
	/** Whether `run` gets fewer and longer turns. */
	hasLongTurns?: boolean
	run(bench: Bench): Promise<Measurement[]>
	/** Measures only this checkout and the commits that it is compared with. */
	runAgainst?(bench: Bench): Promise<Measurement[]>
}

/** Comparisons of this checkout with each commit. */
export function toEachCommit({ own, against }: Bench): Comparison[] {
	return against.map(({ name }) => ({ of: own.name, to: name }))
}
