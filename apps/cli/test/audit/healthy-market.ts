import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { openDatabase } from '@mercat/database/database'
import { readMarketConfig } from '@mercat/market/config'
import { startMarket } from '@mercat/market/server'
import { startExchange } from '@mercat/market-exchange/exchange'
import { readOrderConfig } from '@mercat/order/config'
import { startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect } from 'vitest'

export type MarketUrls = { catalog: string; order: string; market: string }

const secret = 'the secret of the services under test'
const source = 'metals'
const hourMs = 3_600_000

/** Adds to a shop a market that has followed a source. GOLD costs 1,040, and 10,400 is held. OIL costs 990. Both have bars of an hour. All orders of the shop are counted. */
export async function fillMarket(
	urls: Omit<MarketUrls, 'market'>,
	create = () => createTestDatabase('postgres'),
): Promise<AsyncDisposable & MarketUrls> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await create())
	{
		await using running = new AsyncDisposableStack()
		const log = createLog('test', 'silent')
		const common = { PORT: '0', JWT_SECRET: secret, LOG_LEVEL: 'silent', MARKET_PORT: '0', MARKET_GRPC_PORT: '0' }
		const catalog = running.adopt(
			await startCatalog(readCatalogConfig({ ...common, DATABASE_URL: urls.catalog }), log),
			({ close }) => close(),
		)
		const address = `127.0.0.1:${catalog.address.port}`
		const clients = running.adopt(createCatalogClients(address), ({ close }) => close())
		const token = signToken(
			{ secret, issuer: 'mercat', audience: 'mercat' },
			{ subject: 'writer', scope: 'catalog:write', lifetimeMs: 86_400_000 },
		)
		const options = { timeoutMs: 60_000, token }
		for (const sku of ['GOLD', 'OIL']) {
			const product = { sku, title: sku, price: { currencyCode: 'EUR', amountMinor: 1_000 } }
			await callUnary(clients.catalog, catalogRpcs.CreateProduct, { product }, options)
		}
		await callUnary(clients.catalog, catalogRpcs.GiveProducts, { skus: ['GOLD', 'OIL'], source }, options)

		const order = running.adopt(
			await startOrder(readOrderConfig({ ...common, DATABASE_URL: urls.order, CATALOG_ADDRESS: address }), log),
			({ close }) => close(),
		)
		const exchange = running.use(await startExchange())
		const folder = mkdtempSync(join(tmpdir(), 'mercat-market-'))
		running.defer(() => rmSync(folder, { recursive: true }))
		const file = join(folder, 'sources.json')
		writeFileSync(
			file,
			JSON.stringify({ sources: [{ name: source, url: exchange.url, allowPrivate: true, maxAgeS: 86_400 }] }),
		)
		const config = readMarketConfig({
			...common,
			DATABASE_URL: url,
			CATALOG_ADDRESS: address,
			ORDER_ADDRESS: `http://127.0.0.1:${order.address.port}`,
			MARKET_SOURCES: file,
			MARKET_RETENTION: '1s=2d',
		})
		running.adopt(await startMarket(config, log), ({ close }) => close())

		// Who comes later gets a snapshot, without the ticks before.
		await eventually(() => expect(exchange.subscribers()).toBe(1))
		const beginMs = Math.floor(Date.now() / hourMs - 2) * hourMs
		const publish = (sku: string, price: number, afterS: number) =>
			exchange.publish([{ sku, price, currency: 'EUR', available: 1, at: beginMs + afterS * 1_000 }])
		const costs = (sku: string, amountMinor: number) =>
			eventually(async () => {
				const { product } = await callUnary(clients.catalog, catalogRpcs.GetProduct, { sku }, options)
				expect(product?.price?.amountMinor).toBe(amountMinor)
			})
		for (let tick = 0; tick <= 40; tick++) publish('GOLD', 1_000 + tick, 3 * tick)
		await costs('GOLD', 1_040)
		publish('OIL', 980, 10)
		await costs('OIL', 980)
		publish('OIL', 990, 100)
		publish('GOLD', 10_400, 130)
		await eventually(async () => {
			const { heldPrices } = await callUnary(clients.catalog, catalogRpcs.ListHeldPrices, { source }, options)
			expect(heldPrices).toHaveLength(1)
		})
		await using database = await openDatabase(url)
		await eventually(async () => {
			const hours = await database.query('select sku from bar_1h order by sku')
			expect(hours).toEqual([{ sku: 'GOLD' }, { sku: 'OIL' }])
		})
		await using orders = await openDatabase(urls.order)
		await eventually(async () => {
			const due = await orders.query('select last_position as position from event_log')
			expect(await database.query('select position from sales_fold')).toEqual(due)
		})
	}
	const resources = opened.move()
	return { ...urls, market: url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
