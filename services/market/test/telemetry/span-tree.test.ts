import { eventually } from '@mercat/testing/eventually'
import { type CollectedSpan, type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { treeOf } from '@mercat/testing/span-tree'
import { expect, test, vi } from 'vitest'
import { serviceProcess } from '../chaos/live/service-process.ts'
import { addProducts, marketEnvironment, openMarket, sourcesFile } from '../open-market.ts'

vi.setConfig({ testTimeout: 120_000 })

const applyPrices = 'mercat.catalog.v1.CatalogService/ApplyPrices'

/** A market in a process of its own and a catalog, which send their spans to a collector. */
async function startTracedMarket(variables: Record<string, string> = {}) {
	await using opened = new AsyncDisposableStack()
	const collector = opened.use(await startOtlpCollector())
	const market = opened.use(await openMarket('postgres', { catalogEnv: collector.env }))
	await addProducts(market.catalog, 'metals', ['GOLD', 'OIL'])
	const file = opened.use(sourcesFile([{ name: 'metals', url: market.exchange('metals').url, allowPrivate: true }]))
	const env = marketEnvironment(market.databaseUrl, market.catalog.address, file.path)
	const child = opened.use(serviceProcess('market', { ...env, ...collector.env, ...variables }))
	await child.start()
	await eventually(() => expect(market.exchange('metals').subscribers()).toBe(1))
	const resources = opened.move()
	return { collector, market, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Waits for the block of a message. */
function blockOf(collector: OtlpCollector, seq: number): Promise<CollectedSpan> {
	return collector.until(({ spans }) =>
		spans.find(({ name, attributes }) => name === 'fold ticks' && attributes['mercat.last_seq'] === seq),
	)
}

test('the message of a source is one trace down to the statements of the catalog that applies its price', async () => {
	await using traced = await startTracedMarket()
	const { collector, market } = traced
	const block = await blockOf(collector, market.publish('metals', { GOLD: 1_010 }))
	const isComplete = (spans: CollectedSpan[]) => spans.filter(({ name }) => name === applyPrices).length === 2
	const spans = await collector.until(({ spansOf }) => {
		const ofBlock = spansOf(block.traceId)
		return isComplete(ofBlock) && ofBlock.some(({ name }) => name === 'apply prices') && ofBlock
	})
	const tree = treeOf(spans)
	expect(tree.slice(0, 6)).toEqual([
		'fold ticks',
		'  append-tick-block',
		'  apply prices',
		'    store-apply-round',
		`    ${applyPrices}`,
		`      ${applyPrices}`,
	])
	expect(tree.slice(6).every((line) => line.startsWith(' '.repeat(8)))).toBe(true)
	expect(tree.length).toBeGreaterThan(6)
	expect(block).toMatchObject({
		kind: 'CONSUMER',
		status: 'UNSET',
		attributes: { 'mercat.source': 'metals', 'mercat.batch.size': 1 },
		resource: { 'service.name': 'mercat-market' },
	})
})

test('prices of several blocks that go to the catalog together have a trace of their own, with a link to each block', async () => {
	await using traced = await startTracedMarket()
	const { collector, market } = traced
	await market.catalog.stop()
	await blockOf(collector, market.publish('metals', { GOLD: 1_010 }))
	const later = [
		await blockOf(collector, market.publish('metals', { GOLD: 1_020 })),
		await blockOf(collector, market.publish('metals', { OIL: 1_030 })),
	]
	await using _catalog = await market.startCatalogAgain()
	const linked = (span: CollectedSpan) => span.links.map(({ traceId }) => traceId)
	const round = await collector.until(({ spans }) =>
		spans.find((span) => span.name === 'apply prices' && linked(span).length > 1),
	)
	expect(linked(round)).toEqual(later.map(({ traceId }) => traceId))
	expect(later.map(({ traceId }) => traceId)).not.toContain(round.traceId)
})

test('a market that samples no trace has none sampled in the catalog', async () => {
	await using traced = await startTracedMarket({ OTEL_TRACES_SAMPLER: 'always_off' })
	const { collector, market } = traced
	market.publish('metals', { GOLD: 1_010 })
	await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
	// Spans are sent in the order of their ends.
	await collector.until(({ spans }) => spans.some(({ name }) => name.endsWith('/GetProduct')))
	expect(collector.spans.filter(({ name }) => name === applyPrices)).toEqual([])
})
