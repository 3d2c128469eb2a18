import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import type { Percentiles } from '../load/latencies.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { Measure } from '../measures/measure.ts'
import { orderTurn } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn, toResult, toValues } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Target } from '../running/measurement.ts'
import type { Behaviour } from './receiver-server.ts'
import { type Receivers, receiverNames, startReceivers, webhookUrl } from './start-receivers.ts'

const webhookCount = 10
/** Far below the peak, so that a delay shows a wait for another receiver and not a lack of CPU time. */
const ordersPerSecond = 50
const mostTimesAsLong = 1.2

const allAnswer = 'all answer'
const behaviours: { name: string; ofTheLast: Behaviour }[] = [
	{ name: allAnswer, ofTheLast: 'answers' },
	{ name: 'one hangs', ofTheLast: 'hangs' },
	// A receiver that only hangs soon counts as down. A slow one is served all the time.
	{ name: 'one is slow', ofTheLast: 'is-slow' },
]

/**
 * The time from an event to its arrival at nine of ten receivers, while the tenth answers, hangs or is slow. Orders
 * arrive at the same constant rate.
 */
export const webhookIsolation: Measure = {
	name: 'webhook-isolation',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const receivers = opened.use(await startReceivers(bench))
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const contestants: ObservedContestant<HttpJob, IsolationTurn>[] = []
		for (const { name, ofTheLast } of behaviours) {
			const webhookUrls = receiverNames(name, webhookCount).map((receiver, index) =>
				webhookUrl(receivers, index === webhookCount - 1 ? ofTheLast : 'answers', receiver),
			)
			const shop = opened.use(await startMercat(bench, { name, webhookUrls }))
			contestants.push(isolationTurn(bench, receivers, shop))
		}
		const recorded = await recordTurns(bench, generator, contestants, describe)
		const others = behaviours.map(({ name }) => name).filter((name) => name !== allAnswer)
		const toAllAnswer = (target?: Target) => others.map((name): Comparison => ({ of: name, to: allAnswer, target }))
		const toNine = `of the delay of a delivery to nine of ten webhooks, ${ordersPerSecond} orders/s`
		return [
			{
				title: `p99 ${toNine}`,
				unit: 'ms',
				isByRound: true,
				results: recorded.map((turns) => toResult(turns, ({ delays }) => delays.p99Ms)),
				comparisons: toAllAnswer({ bound: 'at most', value: mostTimesAsLong }),
			},
			{
				title: `p50 ${toNine}`,
				unit: 'ms',
				isByRound: true,
				results: recorded.map((turns) => toValues(turns, ({ delays }) => delays.p50Ms)),
				comparisons: toAllAnswer(),
			},
		]
	},
}

type IsolationTurn = Turn & {
	/** The delays of this turn's events to the nine receivers. Infinite when a receiver misses an event. */
	delays: Percentiles
}

function isolationTurn(bench: Bench, receivers: Receivers, shop: Mercat): ObservedContestant<HttpJob, IsolationTurn> {
	const turn = orderTurn(bench, shop, { ratePerSecond: ordersPerSecond, seconds: bench.options.seconds })
	const nine = receiverNames(shop.name, webhookCount).slice(0, -1)
	let placed = 0
	return {
		...turn,
		processes: [...turn.processes, receivers],
		async observe(run) {
			await receivers.takeDelays(nine)
			const load = await run()
			placed += load.completed
			const lastAt = await receivers.untilReceived(nine, placed)
			const delays = await receivers.takeDelays(nine)
			if (Number.isFinite(lastAt)) return { load, delays }
			return { load, delays: { ...delays, p50Ms: lastAt, p99Ms: lastAt } }
		},
	}
}

function describe({ delays: { count, p50Ms, p99Ms } }: IsolationTurn): string {
	return `${count} deliveries, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`
}
