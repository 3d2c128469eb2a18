import { type Measure, toEachCommit } from '../measures/measure.ts'
import { measureQuality } from './quality.ts'
import { measureSpeed, measureSpeedAgainst } from './speed.ts'

/** How good the search is over the judged set, beside MiniSearch; and how fast it is, beside a plain text index. */
export const search: Measure = {
	name: 'search',
	hasLongTurns: true,
	run: async (bench) => [...(await measureQuality(bench)), ...(await measureSpeed(bench))],
	runAgainst: (bench) => measureSpeedAgainst(bench, toEachCommit(bench)),
}
