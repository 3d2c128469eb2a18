import { eventually } from '@mercat/testing/eventually'
import { readSamples, sumOf } from '@mercat/testing/read-samples'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import { includes, named, startTracedShop } from './traced-shop.ts'

test('a batch of 20 orders has a link to each of them, and each of them has a link to the batch', async () => {
	const metricsPort = await getPort()
	await using shop = await startTracedShop({
		env: { METRICS_PORT: String(metricsPort), REQUEST_BUDGET_MS: '20000' },
	})
	const sku = await shop.cluster.stocked(100)
	const ofReserving = async (metric: string) => {
		const scrape = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
		return sumOf(readSamples(await scrape.text()), metric, 'batch', {})['reserve stock'] ?? 0
	}
	const [catalog] = shop.cluster.catalogs
	await catalog?.signal('SIGSTOP')
	// The first order is a batch of its own. The others wait for it.
	const first = shop.place(sku)
	await eventually(async () => {
		if ((await ofReserving('mercat_batch_size_count')) === 0) throw new Error('no batch runs yet')
	})
	const others = Array.from({ length: 20 }, () => shop.place(sku))
	await eventually(async () => {
		if ((await ofReserving('mercat_batch_waiting')) !== 20) throw new Error('not all wait yet')
	})
	await catalog?.signal('SIGCONT')
	const answers = await Promise.all([first, ...others])
	expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))

	const traces = await Promise.all(answers.slice(1).map((answer) => shop.spansOf(answer)))
	const orders = traces.map((spans) => named(spans, 'place order'))
	const batch = await shop.collector.until(({ spans }) =>
		spans.find(({ name, links }) => name === 'batch reserve stock' && links.length === 20),
	)
	const idsOf = (spans: { traceId: string; spanId: string }[]) =>
		spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`).sort()
	expect(idsOf(batch.links)).toEqual(idsOf(orders))
	for (const { links } of orders) expect(idsOf(links)).toContain(`${batch.traceId} ${batch.spanId}`)
	expect(batch.attributes['mercat.batch.size']).toBe(20)
	// The batch is a trace of its own, down to the statements of the catalog.
	await shop.spansOf(batch, includes('mercat.catalog.v1.InventoryService/ReserveStock', 'batch reservations'))
})
