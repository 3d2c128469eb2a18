import { startFloor } from '../contestants/start-floor.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import type { LoadResult } from '../load/load-result.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import { takeTurns } from '../rounds.ts'
import type { Measure } from './measure.ts'
import { orderTurn, perSecond } from './place-orders.ts'

const shareOfPeak = 0.5

/** The p99 of an order when orders arrive at half the rate that the floor can take at most, whoever takes them. */
export const orderTail: Measure = {
	name: 'order-tail',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds } = bench.options
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const floor = opened.use(await startFloor(bench))
		const mercat = opened.use(await startMercat(bench))

		const atPeak = orderTurn(bench, floor, { clients, seconds })
		await generator.run(atPeak.job)
		const ratePerSecond = Math.round(shareOfPeak * perSecond(await generator.run(atPeak.job)))
		bench.report(`  ${ratePerSecond} orders arrive each second`)

		const turns = [floor, mercat].map((shop) => orderTurn(bench, shop, { ratePerSecond, seconds }))
		const measured = await takeTurns(bench, generator, turns, p99WithFailures)
		return [
			{
				title: `p99 of an order at half of the floor's peak, ${ratePerSecond}/s arriving`,
				unit: 'ms',
				...measured,
				comparisons: [{ of: 'mercat', to: 'floor', target: { bound: 'at most', value: 1 } }],
			},
		]
	},
}

// An order that was refused is one that never came.
function p99WithFailures({ completed, failures, p99Ms }: LoadResult): number {
	const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
	return failed > 0.01 * (completed + failed) ? Number.POSITIVE_INFINITY : p99Ms
}
