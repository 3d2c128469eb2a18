import type { Bench } from '../bench.ts'
import type { Measurement } from '../measurement.ts'

/** Something that can be measured, by its name on the command line. */
export type Measure = {
	name: string
	/** Whether it is given fewer and longer turns. */
	hasLongTurns?: boolean
	run(bench: Bench): Promise<Measurement[]>
}
