import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { readOrderConfig } from '@mercat/order/config'
import { startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { expect } from 'vitest'

export type DatabaseUrls = { catalog: string; order: string }

/** The actions that bring an order to each state. */
const lives = {
	placed: [],
	paid: ['pay'],
	shipped: ['pay', 'ship'],
	delivered: ['pay', 'ship', 'deliver'],
	cancelled: ['cancel'],
	returned: ['pay', 'cancel'],
} as const

/** Every order has 2 pieces of `sku` and 1 piece of `otherSku`. `ids` has an order in each state. */
export type HealthyShop = { sku: string; otherSku: string; ids: Record<keyof typeof lives | 'expired', string> }

const secret = 'the secret of the services under test'
const onHand = 100

/**
 * Starts both services, places orders in every status through them, and stops the services. One webhook has got every
 * event. Another one has answered 410 to the first event, and is paused.
 */
export async function fillDatabases(urls: DatabaseUrls): Promise<HealthyShop> {
	await using opened = new AsyncDisposableStack()
	const good = opened.use(await startTarget(204))
	const gone = opened.use(await startTarget(410))
	const [sku, otherSku] = [`A-${randomUUID()}`, `B-${randomUUID()}`] as const
	const ids: Partial<HealthyShop['ids']> = {}
	const common = { PORT: '0', JWT_SECRET: secret, LOG_LEVEL: 'silent' }
	const log = createLog('test', 'silent')

	const catalogConfig = readCatalogConfig({ ...common, DATABASE_URL: urls.catalog })
	const catalog = opened.adopt(await startCatalog(catalogConfig, log), ({ close }) => close())
	const catalogAddress = `127.0.0.1:${catalog.address.port}`
	const clients = opened.adopt(createCatalogClients(catalogAddress), ({ close }) => close())
	const writer = { timeoutMs: 60_000, token: token('writer', 'catalog:write') }
	for (const [index, each] of [sku, otherSku].entries()) {
		const price = { currencyCode: 'EUR', amountMinor: 1_000 + index }
		// The database keeps attributes in an order of its own.
		const product = { sku: each, title: 'A', price, attributes: { color: 'red', size: 'large', ab: 'oak' } }
		await callUnary(clients.catalog, catalogRpcs.CreateProduct, { product }, writer)
		await callUnary(clients.catalog, inventoryRpcs.SetStock, { sku: each, onHand, requestId: randomUUID() }, writer)
	}

	async function serveOrders(paymentWindowS: number) {
		const config = readOrderConfig({
			...common,
			DATABASE_URL: urls.order,
			CATALOG_ADDRESS: catalogAddress,
			REQUEST_BUDGET_MS: '15000',
			PAYMENT_WINDOW_S: String(paymentWindowS),
			WEBHOOK_URLS: `${good.url} ${gone.url}`,
			WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
		})
		const service = await startOrder(config, log)
		const orders = `http://127.0.0.1:${service.address.port}/v1/orders`
		return {
			orders,
			place: () => send('POST', orders, { items: [line(sku, 2), line(otherSku, 1)] }),
			[Symbol.asyncDispose]: () => service.close(),
		}
	}

	{
		await using hasty = await serveOrders(1)
		ids.expired = (await hasty.place()).id
		await eventually(async () => {
			expect(await send('GET', `${hasty.orders}/${ids.expired}`)).toMatchObject({ status: 'expired' })
		})
	}
	const shop = opened.use(await serveOrders(900))
	for (const [name, life] of Object.entries(lives) as [keyof typeof lives, readonly string[]][]) {
		const { id } = await shop.place()
		ids[name] = id
		for (const action of life) {
			await send('POST', `${shop.orders}/${id}/${action}`, action === 'cancel' ? {} : { reference: action })
		}
	}
	await eventually(async () => {
		const { levels } = await callUnary(clients.catalog, inventoryRpcs.GetStock, { skus: [sku, otherSku] }, writer)
		expect(levels).toMatchObject([
			{ onHand: onHand - 6, held: 2 },
			{ onHand: onHand - 3, held: 1 },
		])
	})
	const transitions = 2 + Object.values(lives).reduce((sum, life) => sum + 1 + life.length, 0)
	await eventually(async () => {
		const { events } = await send('GET', `${shop.orders}/../events`)
		expect(events).toHaveLength(transitions)
	})
	await good.took(transitions)
	return { sku, otherSku, ids: ids as HealthyShop['ids'] }
}

async function startTarget(status: number) {
	const taken = new Set<unknown>()
	const server = createServer((request, response) => {
		taken.add(request.headers['webhook-id'])
		response.writeHead(status).end()
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
		took: (events: number) => eventually(() => expect(taken.size).toBe(events)),
		async [Symbol.asyncDispose]() {
			server.close()
			server.closeAllConnections()
		},
	}
}

function token(subject: string, scope: string): string {
	return signToken({ secret, issuer: 'mercat', audience: 'mercat' }, { subject, scope, lifetimeMs: 86_400_000 })
}

type Answer = { id: string; status: string; events: unknown[] }

async function send(method: string, url: string, body?: unknown): Promise<Answer> {
	const response = await fetch(url, {
		method,
		headers: {
			authorization: `Bearer ${token('alice', 'orders:read orders:write orders:manage')}`,
			...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
		},
		body: JSON.stringify(body),
	})
	if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
	return (await response.json()) as Answer
}

const line = (sku: string, quantity: number) => ({ sku, quantity })
