import { setTimeout as sleep } from 'node:timers/promises'
import { product, startTestCatalog, upserts } from '@mercat/catalog/testing/start-catalog'
import { openDatabase } from '@mercat/database/database'
import { startExchange } from '@mercat/market-exchange/exchange'
import { randomFrom } from '@mercat/market-exchange/random'
import { runSimulation } from '@mercat/market-exchange/run-simulation'
import { simulatedProducts } from '@mercat/market-exchange/simulated-products'
import { createSimulation } from '@mercat/market-exchange/simulation'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { marketEnvironment, pricesOf, sourcesFile } from '../open-market.ts'
import { marketProcess } from './market-process.ts'

type Published = { seq: number; snapshot?: true; ticks: { sku: string; price: number }[] }

const productCount = 40
const kills = 3

describe.each(engines)('a market on %s that is killed again and again', (engine) => {
	test('misses no price and applies none out of order, also when the socket is cut', async () => {
		await using opened = new AsyncDisposableStack()
		const random = randomFrom(27)
		const published = new Map<string, number[]>()
		const exchange = opened.use(
			await startExchange({
				record(text) {
					const { snapshot, ticks } = JSON.parse(text) as Published
					if (snapshot) return
					for (const { sku, price } of ticks) published.set(sku, [...(published.get(sku) ?? []), price])
				},
			}),
		)
		const products = simulatedProducts(productCount)
		const catalog = opened.use(await startTestCatalog(engine))
		const rows = products.map(({ sku, amountMinor, currency }) =>
			product({ sku, price: { currencyCode: currency, amountMinor } }),
		)
		await catalog.import([{ source: 'metals', upserts: upserts(rows) }])
		const { url } = opened.use(await createTestDatabase(engine))
		const file = opened.use(sourcesFile([{ name: 'metals', url: exchange.url, allowPrivate: true }]))
		const market = opened.use(marketProcess(marketEnvironment(url, catalog.address, file.path)))

		await using publishing = new AsyncDisposableStack()
		const stop = new AbortController()
		const simulation = createSimulation({ products, random })
		const simulating = runSimulation(
			{ exchange, simulation, random },
			{ rate: 200, signal: stop.signal, cutsPerMinute: 60 },
		)
		publishing.defer(() => {
			stop.abort()
			return simulating
		})

		for (let count = 0; count < kills; count++) {
			await market.start()
			const before = published.get('SIM-00001')?.length ?? 0
			// A kill comes while prices flow, at a moment that the seed decides.
			await eventually(async () => {
				const { price } = await catalog.get('SIM-00001')
				expect(published.get('SIM-00001')?.slice(before)).toContain(price?.amountMinor)
			})
			await sleep(random() * 1_000)
			await market.kill()
		}
		await market.start()
		await publishing.disposeAsync()

		await eventually(async () => {
			for (const { sku } of products) {
				expect((await catalog.get(sku)).price?.amountMinor, sku).toBe(published.get(sku)?.at(-1))
			}
		})
		for (const { sku } of products) {
			const [, ...applied] = await pricesOf(catalog, sku)
			expect(isSubsequence(applied, published.get(sku) ?? []), sku).toBe(true)
		}
		await market.kill()
		await using database = await openDatabase(url)
		const [blocks] = await database.query<{ gaps: number; last: number; kept: number }>(`
			select source.block as last, count(*) as kept, max(tick_block.block) - count(*) - min(tick_block.block) + 1 as gaps
			from source join tick_block on source = name group by source.block`)
		expect(blocks).toMatchObject({ gaps: 0, last: blocks?.kept })
	})
})

/** Whether the items of one list are in another one, in the same order. */
function isSubsequence(items: readonly number[], of: readonly number[]): boolean {
	let place = 0
	for (const item of items) {
		while (place < of.length && of[place] !== item) place++
		if (place++ >= of.length) return false
	}
	return true
}
