import type { HttpJob } from '../load/http-generator.ts'
import { type LoadResult, p99WithFailures } from '../load/load-result.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import { halfOfPeak } from '../measures/half-of-peak.ts'
import { orderTurn, perSecond } from '../measures/order-load.ts'
import { type ObservedContestant, type RecordedTurns, recordTurns, type Turn } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { LiveMarket } from './live-market.ts'

export type OrdersTurn = Turn & {
	/** What the market has stored meanwhile. Missing without ticks. */
	ticks?: LoadResult
}

type Recorded = RecordedTurns<OrdersTurn>

/** Orders at half of their peak, in turns without ticks and beside them. */
export async function besideTicks(bench: Bench, running: LiveMarket, ticksPerSecond: number) {
	const { shop, market, exchange, applied } = running
	const { seconds } = bench.options
	await applied()
	await using generator = startHttpGenerator(bench.interruption)
	const ratePerSecond = await halfOfPeak(bench, shop)
	const turn = orderTurn(bench, shop, { ratePerSecond, seconds })
	const alone: ObservedContestant<HttpJob, OrdersTurn> = {
		...turn,
		name: 'no tick',
		prepare: applied,
		observe: async (run) => ({ load: await run() }),
	}
	const beside: ObservedContestant<HttpJob, OrdersTurn> = {
		...turn,
		name: `${ticksPerSecond} ticks/s`,
		processes: [...turn.processes, market, { role: 'exchange', pid: exchange.pid }],
		async prepare() {
			await exchange.run({ begin: { ticksPerSecond } })
		},
		async observe(run) {
			const load = await run()
			return { load, ticks: await exchange.run({ end: { databaseUrl: market.databaseUrl } }) }
		},
	}
	const recorded = await recordTurns(bench, generator, [alone, beside], describe)
	const [without, withTicks] = recorded as [Recorded, Recorded]
	return { ratePerSecond, ticksPerSecond, seconds, alone: without, beside: withTicks }
}

function describe({ load, ticks }: OrdersTurn): string {
	const orders = `p50 ${load.p50Ms.toFixed(1)} ms, p99 ${p99WithFailures(load).toFixed(1)} ms, ${load.completed} placed`
	return ticks === undefined ? orders : `${orders}, ${perSecond(ticks).toFixed(0)} ticks/s`
}
