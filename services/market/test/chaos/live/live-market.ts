import { randomUUID } from 'node:crypto'
import { product, startCatalogOn, upserts } from '@mercat/catalog/testing/start-catalog'
import { type CatalogClients, callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { SimulatedProduct } from '@mercat/market-exchange/simulated-products'
import { partsOf } from '@mercat/service/parts-of'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { expect } from 'vitest'
import { pricesOf, sourcesFile } from '../../open-market.ts'
import { openMarketLoad } from './market-load.ts'
import type { LiveDatabases } from './open-databases.ts'
import { type ServiceProcess, serviceProcess } from './service-process.ts'

export const source = 'metals'

export type LiveMarketOptions = {
	/** The address of the source. */
	url: string
	/** Their prices belong to the source. */
	products: readonly SimulatedProduct[]
	/** How many processes the market has. One of them follows the source. */
	processes?: number
}

/** The catalog and the market in processes of their own. */
export type LiveMarket = Awaited<ReturnType<typeof startLiveMarket>>

const patience = { timeout: 180_000, interval: 100 }
const skusOfCall = 100
// More than anybody orders.
const pieces = 1_000_000_000

export async function startLiveMarket(databases: LiveDatabases, { url, products, processes = 1 }: LiveMarketOptions) {
	await using opened = new AsyncDisposableStack()
	const secret = `${randomUUID()}${randomUUID()}`
	const tokens = { secret, issuer: 'mercat', audience: 'mercat' }
	const token = signToken(tokens, {
		subject: 'tester',
		scope: 'catalog:write orders:read orders:write orders:manage',
		lifetimeMs: 36_000_000,
	})
	const skus = products.map(({ sku }) => sku)
	{
		await using catalog = await startCatalogOn(databases.catalog)
		const rows = products.map(({ sku, amountMinor, currency }) =>
			product({ sku, price: { currencyCode: currency, amountMinor } }),
		)
		await catalog.import([{ source, upserts: upserts(rows, pieces) }])
	}
	const common = { JWT_SECRET: secret, LOG_LEVEL: 'warn' }
	const catalog = opened.use(serviceProcess('catalog', { ...common, DATABASE_URL: databases.catalog }))
	await catalog.start()
	const address = `127.0.0.1:${catalog.port}`
	const order = opened.use(
		serviceProcess('order', {
			...common,
			DATABASE_URL: databases.order,
			CATALOG_ADDRESS: address,
			RATE_LIMIT: '0',
			MAX_UNPAID_ORDERS: '0',
			PAYMENT_WINDOW_S: '72000',
		}),
	)
	await order.start()
	const orderUrl = `http://127.0.0.1:${order.port}`
	const file = opened.use(sourcesFile([{ name: source, url, allowPrivate: true }]))
	const markets: ServiceProcess[] = []
	const loads: Awaited<ReturnType<typeof openMarketLoad>>[] = []
	for (let process = 0; process < processes; process++) {
		const load = await openMarketLoad(source)
		loads.push(load)
		const market = opened.use(
			serviceProcess('market', {
				...common,
				DATABASE_URL: databases.market,
				CATALOG_ADDRESS: address,
				ORDER_ADDRESS: orderUrl,
				MARKET_SOURCES: file.path,
				MARKET_RETENTION: 'ticks=1d,1s=2d',
				...load.env,
			}),
		)
		await market.start()
		markets.push(market)
	}
	const clients = opened.adopt(createCatalogClients(address), ({ close }) => close())
	const calls = callsOf(clients, token)
	const resources = opened.move()
	return {
		catalog,
		order,
		markets,
		/** The load of each process of the market. */
		loads,
		orderUrl,
		token,
		...calls,
		/** Waits until the catalog has these prices, and these held ones. */
		async has(
			prices: ReadonlyMap<string, number>,
			holds: ReadonlyMap<string, number>,
			waiting = patience,
		): Promise<void> {
			await eventually(async () => {
				expect(sorted(await calls.prices(skus))).toEqual(sorted(prices))
				expect(sorted(await calls.holds())).toEqual(sorted(holds))
			}, waiting)
		},
		/** Waits until the market has counted so many transitions of orders, which are all. */
		async hasCounted(transitions: number, waiting = patience): Promise<void> {
			await eventually(async () => {
				expect(await Promise.all(loads.map(({ salesPosition }) => salesPosition()))).toContain(transitions)
			}, waiting)
		},
		/** Audits the databases, once all processes are stopped. */
		async audit(): Promise<MercatResult> {
			const { catalog, order, market } = databases
			return runMercat(['audit', '--catalog-db', catalog, '--order-db', order, '--market-db', market])
		},
		/** Stops all processes, and expects that those of the market end well. */
		async stop(): Promise<void> {
			for (const market of markets) expect(await market.stop(), market.output()).toBe(0)
			for (const service of [order, catalog]) await service.stop()
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

function callsOf(clients: CatalogClients, token: string) {
	const { catalog } = clients
	const options = { timeoutMs: 20_000, token }
	return {
		async price(sku: string): Promise<number | undefined> {
			const { product } = await callUnary(catalog, catalogRpcs.GetProduct, { sku }, options)
			return product?.price?.amountMinor
		},
		async prices(skus: readonly string[]): Promise<Map<string, number | undefined>> {
			const prices = new Map<string, number | undefined>()
			for (const asked of partsOf(skus, skusOfCall)) {
				const { products } = await callUnary(catalog, catalogRpcs.BatchGetProducts, { skus: asked }, options)
				for (const { sku, price } of products) prices.set(sku, price?.amountMinor)
			}
			return prices
		},
		/** The held prices, by sku. */
		async holds(): Promise<Map<string, number | undefined>> {
			const holds = new Map<string, number | undefined>()
			let pageToken = ''
			do {
				const page = await callUnary(catalog, catalogRpcs.ListHeldPrices, { source, pageSize: 100, pageToken }, options)
				for (const { sku, newPrice } of page.heldPrices) holds.set(sku, newPrice?.amountMinor)
				pageToken = page.nextPageToken
			} while (pageToken !== '')
			return holds
		},
		/** The prices that a product has had, the oldest first. */
		history: (sku: string) => pricesOf({ catalog }, sku, options),
	}
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
	return [...map].sort(([one], [other]) => (one < other ? -1 : 1))
}
