import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'

/** Something that can be measured, by its name on the command line. */
export type Measure = {
	name: string
	/** Whether it is given fewer and longer turns. */
	hasLongTurns?: boolean
	run(bench: Bench): Promise<Measurement[]>
	/** Measures this checkout and the commits that it is compared with, and nothing else. */
	runAgainst?(bench: Bench): Promise<Measurement[]>
}

/** This checkout to every commit that it is compared with. */
export function toEachCommit({ own, against }: Bench): Comparison[] {
	return against.map(({ name }) => ({ of: own.name, to: name }))
}
