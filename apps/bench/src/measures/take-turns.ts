import type { LoadResult } from '../load/load-result.ts'
import type { Generator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import type { Measurement } from '../running/measurement.ts'
import { type Contestant, recordTurns, toResult } from './record-turns.ts'

/**
 * Runs the load on each contestant in turn and measures one value of each turn, as {@link recordTurns} does.
 *
 * @param measured computes the value of a turn
 */
export async function takeTurns<Job>(
	bench: Bench,
	generator: Generator<Job>,
	contestants: Contestant<Job>[],
	measured: (load: LoadResult) => number,
): Promise<Pick<Measurement, 'isByRound' | 'results'>> {
	const observed = contestants.map((contestant) => ({
		...contestant,
		observe: async (run: () => Promise<LoadResult>) => ({ load: await run() }),
	}))
	const recorded = await recordTurns(bench, generator, observed, ({ load }) => measured(load).toFixed(2))
	return { isByRound: true, results: recorded.map((turns) => toResult(turns, ({ load }) => measured(load))) }
}
