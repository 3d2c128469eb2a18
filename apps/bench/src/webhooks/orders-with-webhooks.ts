import { startCheckouts } from '../contestants/start-checkouts.ts'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import { type Measure, toEachCommit } from '../measures/measure.ts'
import { orderTurn, perSecond } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn, toResult, toValues } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import { type Receivers, receiverNames, startReceivers, webhookUrl } from './start-receivers.ts'

const webhookCount = 2

/**
 * Orders per second while two webhooks receive every event, the deliveries meanwhile, and the time until the last one
 * has arrived. A turn ends with its last delivery, so the deliveries of one contestant never slow another one.
 */
export const ordersWithWebhooks: Measure = {
	name: 'orders-with-webhooks',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const receivers = opened.use(await startReceivers(bench))
		const name = 'two webhooks'
		const shops = [
			opened.use(await startMercat(bench, { name, webhookUrls: urlsOf(receivers, name) })),
			opened.use(await startMercat(bench, { name: 'no webhook' })),
		]
		return await measure(bench, receivers, shops, [name], [{ of: name, to: 'no webhook' }])
	},
	async runAgainst(bench) {
		await using opened = new AsyncDisposableStack()
		const receivers = opened.use(await startReceivers(bench))
		const { shops } = opened.use(await startCheckouts(bench, (name) => urlsOf(receivers, name)))
		const names = shops.map(({ name }) => name)
		return await measure(bench, receivers, shops, names, toEachCommit(bench))
	},
}

function urlsOf(receivers: Receivers, contestant: string): string[] {
	return receiverNames(contestant, webhookCount).map((name) => webhookUrl(receivers, 'answers', name))
}

type WebhookTurn = Turn & {
	/** Deliveries of events that arrived while orders were placed. */
	deliveriesPerSecond: number
	/** Time from the last response to the last delivery. */
	drainSeconds: number
}

/** @param served the names of the shops that have webhooks */
async function measure(
	bench: Bench,
	receivers: Receivers,
	shops: Mercat[],
	served: string[],
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using generator = startHttpGenerator(bench.interruption)
	const contestants = shops.map((shop) => webhookTurn(bench, receivers, shop, served.includes(shop.name)))
	const recorded = await recordTurns(bench, generator, contestants, describe)
	const withWebhooks = recorded.filter(({ contestant }) => served.includes(contestant))
	const further = comparisons.map((comparison) =>
		served.includes(comparison.to ?? '') ? comparison : { of: comparison.of },
	)
	return [
		{
			title: `Orders with two webhooks, ${bench.options.clients} clients`,
			unit: 'orders/s',
			isByRound: true,
			results: recorded.map((turns) => toResult(turns, ({ load }) => perSecond(load))),
			comparisons,
		},
		{
			title: 'Deliveries while orders arrive, both webhooks',
			unit: 'deliveries/s',
			isByRound: true,
			results: withWebhooks.map((turns) => toValues(turns, ({ deliveriesPerSecond }) => deliveriesPerSecond)),
			comparisons: further,
		},
		{
			title: 'Time from the last order of a turn to its last delivery',
			unit: 's',
			isByRound: true,
			results: withWebhooks.map((turns) => toValues(turns, ({ drainSeconds }) => drainSeconds)),
			comparisons: further,
		},
	]
}

function webhookTurn(
	bench: Bench,
	receivers: Receivers,
	shop: Mercat,
	isServed: boolean,
): ObservedContestant<HttpJob, WebhookTurn> {
	const { clients, seconds } = bench.options
	const turn = orderTurn(bench, shop, { clients, seconds })
	if (!isServed) {
		return { ...turn, observe: async (run) => ({ load: await run(), deliveriesPerSecond: 0, drainSeconds: 0 }) }
	}
	const names = receiverNames(shop.name, webhookCount)
	let placed = 0
	const eventsReceived = async () => {
		return (await receivers.counts(names)).reduce((sum, { events }) => sum + events, 0)
	}
	return {
		...turn,
		processes: [...turn.processes, receivers],
		async observe(run) {
			const before = await eventsReceived()
			const load = await run()
			const endedAt = Date.now()
			const after = await eventsReceived()
			placed += load.completed
			const lastAt = await receivers.untilReceived(names, placed)
			return {
				load,
				deliveriesPerSecond: (after - before) / load.seconds,
				drainSeconds: Math.max(0, lastAt - endedAt) / 1000,
			}
		},
	}
}

function describe({ load, deliveriesPerSecond, drainSeconds }: WebhookTurn): string {
	const orders = `${perSecond(load).toFixed(0)} orders/s`
	return `${orders}, ${deliveriesPerSecond.toFixed(0)} deliveries/s, the last one ${drainSeconds.toFixed(2)} s later`
}
