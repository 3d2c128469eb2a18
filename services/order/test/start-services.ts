import { randomUUID } from 'node:crypto'
import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import type { OrderRequest } from '@mercat/order-api/order-request'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { createTestDatabase, type Engine } from '@mercat/testing/test-database'
import { readOrderConfig } from '../src/config.ts'
import { startOrder } from '../src/server.ts'
import { type Answer, createAnswerCheck, type OpenApiDocument } from './check-answer.ts'
import { exchange } from './exchange.ts'

export const jwtSecret = randomUUID()
const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }

/** A token of the services under test. */
export function token(subject: string, scope = 'orders:read orders:write'): string {
	return signToken(issuer, { subject, scope, lifetimeMs: 3_600_000 })
}

/** A customer that no other test knows. */
export function newCustomer(): string {
	return `customer-${randomUUID()}`
}

/** An order that may be placed: `skus` one each. */
export function orderOf(...skus: string[]): OrderRequest {
	return { items: skus.map((sku) => ({ sku, quantity: 1 })) }
}

/** The results of `count` runs of a task, a few at once: more would only wait for connections, and not for ever. */
export async function severalTimes<T>(count: number, task: () => Promise<T>): Promise<T[]> {
	const results: T[] = []
	while (results.length < count) {
		results.push(...(await Promise.all(Array.from({ length: Math.min(5, count - results.length) }, task))))
	}
	return results
}

export type RequestOptions = {
	/** Who asks; nobody, where it is left out. */
	token?: string
	headers?: Record<string, string>
	/** Sent as it is when it is text or bytes, else as JSON. */
	body?: unknown
}

export type PlaceOptions = RequestOptions & { customer?: string; key?: string }

export type NewProduct = Product & { onHand?: number }

export type StartOptions = {
	/** Variables of the order service. */
	env?: Record<string, string>
	/** In place of a database of its own; the caller's to remove. */
	databaseUrl?: string
}

const callTimeoutMs = 20_000

/** The order service on a free port, over a real catalog, each with a database of its own. */
export async function startServices(engine: Engine, { env = {}, databaseUrl }: StartOptions = {}) {
	await using opened = new AsyncDisposableStack()
	const common = { PORT: '0', JWT_SECRET: jwtSecret, LOG_LEVEL: 'silent' }
	const log = createLog('test', 'silent')

	const catalogFile = opened.use(await createTestDatabase(engine))
	const catalogConfig = readCatalogConfig({ ...common, DATABASE_URL: catalogFile.url })
	const running = opened.use(new AsyncDisposableStack())
	const catalogService = running.adopt(await startCatalog(catalogConfig, log), ({ close }) => close())
	const catalogAddress = `127.0.0.1:${catalogService.address.port}`
	const catalog = opened.adopt(createCatalogClients(catalogAddress), (clients) => clients.close())

	const orderDatabaseUrl = databaseUrl ?? opened.use(await createTestDatabase(engine)).url
	const orderConfig = readOrderConfig({
		...common,
		DATABASE_URL: orderDatabaseUrl,
		CATALOG_ADDRESS: catalogAddress,
		REQUEST_BUDGET_MS: '15000',
		RATE_LIMIT: '0',
		MAX_UNPAID_ORDERS: '0',
		...env,
	})
	const orderService = opened.adopt(await startOrder(orderConfig, log), ({ close }) => close())
	const { port } = orderService.address
	const url = `http://127.0.0.1:${port}`
	const checkAnswer = createAnswerCheck((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument)

	async function request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
		const { body, headers = {} } = options
		const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
		const response = await fetch(`${url}${path}`, {
			method,
			headers: {
				...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			body: (isRaw ? body : JSON.stringify(body)) as RequestInit['body'],
		})
		return checkAnswer(method, path, {
			status: response.status,
			headers: response.headers,
			text: await response.text(),
		})
	}

	const resources = opened.move()
	return {
		url,
		port,
		orderDatabaseUrl,
		catalogDatabaseUrl: catalogFile.url,
		catalog,
		/** Sends a request and checks that the answer is one that the OpenAPI document describes. */
		request,
		get: (path: string, options?: RequestOptions) => request('GET', path, options),
		/** `POST /v1/orders` by a customer of its own, with a key of its own. */
		place(body: unknown, { customer = newCustomer(), key = randomUUID(), headers, ...rest }: PlaceOptions = {}) {
			return request('POST', '/v1/orders', {
				token: token(customer),
				body,
				headers: { 'idempotency-key': key, ...headers },
				...rest,
			})
		},
		/** Sends bytes that no HTTP client would; the answer is checked as any other. */
		async exchange(head: string, ...chunks: (string | Buffer)[]): Promise<Answer & { closed: boolean }> {
			const { closed, ...answer } = await exchange(port, [head, ...chunks])
			const [method = '', path = ''] = head.split(' ')
			return { ...checkAnswer(method, path, answer), closed }
		},
		/** A product with 1,000 in stock and a sku of its own, unless told otherwise; its sku. */
		async createProduct({ onHand = 1_000, ...fields }: NewProduct = {}): Promise<string> {
			const sku = fields.sku ?? `SKU-${randomUUID()}`
			const writer = { timeoutMs: callTimeoutMs, token: token('tester', 'catalog:write') }
			const price = { currencyCode: 'EUR', amountMinor: 1299 }
			await callUnary(
				catalog.catalog,
				catalogRpcs.CreateProduct,
				{ product: { title: 'A thing', price, ...fields, sku } },
				writer,
			)
			if (onHand > 0) {
				await callUnary(catalog.inventory, inventoryRpcs.SetStock, { sku, onHand, requestId: randomUUID() }, writer)
			}
			return sku
		},
		async archiveProduct(sku: string): Promise<void> {
			const writer = { timeoutMs: callTimeoutMs, token: token('tester', 'catalog:write') }
			await callUnary(catalog.catalog, catalogRpcs.ArchiveProduct, { sku }, writer)
		},
		/** Holds one piece for an order, which need not be there. */
		async hold(orderId: string, sku: string): Promise<void> {
			const reservation = { orderId, holdDuration: { seconds: 600 }, lines: [{ sku, quantity: 1 }] }
			const reserver = { timeoutMs: callTimeoutMs, token: token('service:order', 'stock:reserve') }
			await callUnary(catalog.inventory, inventoryRpcs.ReserveStock, { reservations: [reservation] }, reserver)
		},
		async stockOf(sku: string) {
			const { levels } = await callUnary(
				catalog.inventory,
				inventoryRpcs.GetStock,
				{ skus: [sku] },
				{ timeoutMs: callTimeoutMs },
			)
			return levels[0]
		},
		/** Stops the catalog for good. */
		stopCatalog: () => running.disposeAsync(),
		announceShutdown: () => orderService.announceShutdown(),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type Services = Awaited<ReturnType<typeof startServices>>
