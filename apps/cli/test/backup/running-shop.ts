import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { readMarketConfig } from '@mercat/market/config'
import { startMarket } from '@mercat/market/server'
import { startExchange } from '@mercat/market-exchange/exchange'
import { readOrderConfig } from '@mercat/order/config'
import { startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'

export type ShopUrls = { catalog: string; order: string; market: string }

export type RunningShop = AsyncDisposable & {
	/** The ids of the orders that customers know of. */
	placed(): string[]
	/** Waits for so many more answers to customers. */
	answered(more: number): Promise<void>
}

const secret = 'the secret of the services under test'
const source = 'metals'
const skus = ['GOLD', 'OIL', 'SALT']
const customers = 6
const lives = [[], [], ['cancel'], ['pay'], ['pay', 'ship'], ['pay', 'cancel']]
const tickMs = 20

/**
 * Runs the three services on the databases, with customers who order, pay, ship and cancel without a pause, or let their orders
 * expire, and a source whose prices change all the time.
 */
export async function runShop(urls: ShopUrls): Promise<RunningShop> {
	await using opened = new AsyncDisposableStack()
	const log = createLog('test', 'silent')
	const common = { PORT: '0', JWT_SECRET: secret, LOG_LEVEL: 'silent', RATE_LIMIT: '0', MAX_UNPAID_ORDERS: '0' }
	const catalogConfig = readCatalogConfig({ ...common, DATABASE_URL: urls.catalog })
	const catalog = opened.adopt(await startCatalog(catalogConfig, log), ({ close }) => close())
	const address = `127.0.0.1:${catalog.address.port}`
	const clients = opened.adopt(createCatalogClients(address), ({ close }) => close())
	await stock(clients)
	const window = { PAYMENT_WINDOW_S: '2', REQUEST_BUDGET_MS: '10000' }
	const orderConfig = readOrderConfig({ ...common, ...window, DATABASE_URL: urls.order, CATALOG_ADDRESS: address })
	const order = opened.adopt(await startOrder(orderConfig, log), ({ close }) => close())
	const orders = `http://127.0.0.1:${order.address.port}`

	const exchange = opened.use(await startExchange())
	const folder = mkdtempSync(join(tmpdir(), 'mercat-market-'))
	opened.defer(() => rmSync(folder, { recursive: true }))
	const file = join(folder, 'sources.json')
	const sources = [{ name: source, url: exchange.url, allowPrivate: true, maxAgeS: 3_600 }]
	writeFileSync(file, JSON.stringify({ sources }))
	const marketConfig = readMarketConfig({
		...common,
		MARKET_PORT: '0',
		MARKET_GRPC_PORT: '0',
		DATABASE_URL: urls.market,
		CATALOG_ADDRESS: address,
		ORDER_ADDRESS: orders,
		MARKET_SOURCES: file,
	})
	opened.adopt(await startMarket(marketConfig, log), ({ close }) => close())

	const closing = new AbortController()
	const placed: string[] = []
	let answers = 0
	async function send(path: string, who: string, body: unknown): Promise<{ id: string } | undefined> {
		const scope = 'orders:read orders:write orders:manage'
		const headers = { authorization: `Bearer ${token(who, scope)}`, 'content-type': 'application/json' }
		const response = await fetch(`${orders}${path}`, {
			method: 'POST',
			headers: { ...headers, 'idempotency-key': randomUUID() },
			body: JSON.stringify(body),
		})
		answers++
		return response.ok ? ((await response.json()) as { id: string }) : undefined
	}
	async function orderOnce(customer: string): Promise<void> {
		const items = skus.slice(Math.floor(Math.random() * skus.length)).map((sku) => ({ sku, quantity: 1 }))
		const answer = await send('/v1/orders', customer, { items })
		if (answer === undefined) return
		placed.push(answer.id)
		for (const action of lives[Math.floor(Math.random() * lives.length)] ?? []) {
			await send(`/v1/orders/${answer.id}/${action}`, customer, action === 'cancel' ? {} : { reference: action })
		}
	}
	async function publish(): Promise<void> {
		for (let price = 1_000; !closing.signal.aborted; price = 900 + Math.floor(Math.random() * 200)) {
			const ticks = skus.map((sku) => ({ sku, price, currency: 'EUR', available: 1, at: Date.now() }))
			exchange.publish(ticks)
			await sleep(tickMs)
		}
	}
	const busy = Promise.all([
		publish(),
		...Array.from({ length: customers }, async (_, index) => {
			while (!closing.signal.aborted) await orderOnce(`customer-${index}`)
		}),
	])
	busy.catch(() => {})
	opened.defer(async () => {
		closing.abort()
		await busy
	})
	const resources = opened.move()
	return {
		placed: () => [...placed],
		async answered(more) {
			const due = answers + more
			const enough = eventually(() => {
				if (answers < due) throw new Error(`${due - answers} answers are missing`)
			})
			await Promise.race([enough, busy])
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

async function stock({ catalog }: ReturnType<typeof createCatalogClients>): Promise<void> {
	const options = { timeoutMs: 60_000, token: token('writer', 'catalog:write') }
	const { products } = await callUnary(catalog, catalogRpcs.ListProducts, {}, options)
	if (products.length > 0) return
	for (const sku of skus) {
		const product = { sku, title: sku, price: { currencyCode: 'EUR', amountMinor: 1_000 } }
		await callUnary(catalog, catalogRpcs.CreateProduct, { product }, options)
		await callUnary(catalog, inventoryRpcs.SetStock, { sku, onHand: 1_000_000, requestId: randomUUID() }, options)
	}
	await callUnary(catalog, catalogRpcs.GiveProducts, { skus, source }, options)
}

function token(subject: string, scope: string): string {
	return signToken({ secret, issuer: 'mercat', audience: 'mercat' }, { subject, scope, lifetimeMs: 3_600_000 })
}
