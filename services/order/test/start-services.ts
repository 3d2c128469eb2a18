import { randomUUID } from 'node:crypto'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { OrderRequest } from '@mercat/order-api/order-request'
import { createLog, type DestinationStream } from '@mercat/service/log'
import type { Engine } from '@mercat/testing/test-database'
import { readOrderConfig } from '../src/config.ts'
import { migrationsFolder, startOrder } from '../src/server.ts'
import { type Answer, createAnswerCheck, type OpenApiDocument } from './check-answer.ts'
import { exchange } from './exchange.ts'
import { type OpenCatalog, openCatalog } from './open-catalog.ts'
import { jwtSecret, token } from './tokens.ts'

/** A customer of this test only. */
export function newCustomer(): string {
	return `customer-${randomUUID()}`
}

/** The body of an order for one piece of each sku. */
export function orderOf(...skus: string[]): OrderRequest {
	return { items: skus.map((sku) => ({ sku, quantity: 1 })) }
}

/** The results of `count` runs of a task, five at a time: more would only wait for connections. */
export async function severalTimes<T>(count: number, task: () => Promise<T>): Promise<T[]> {
	const results: T[] = []
	while (results.length < count) {
		results.push(...(await Promise.all(Array.from({ length: Math.min(5, count - results.length) }, task))))
	}
	return results
}

export type RequestOptions = {
	/** Without it nobody is signed in. */
	token?: string
	headers?: Record<string, string>
	/** Text and bytes are sent as they are, anything else as JSON. */
	body?: unknown
}

export type PlaceOptions = RequestOptions & { customer?: string; key?: string }

export type StartOptions = {
	/** Variables of the order service. */
	env?: Record<string, string>
	/** In place of a database of its own. The caller removes it. */
	databaseUrl?: string
	/** The same for the catalog. */
	catalogDatabaseUrl?: string
	/** Gets the log of both services, from the level debug on, or from that of LOG_LEVEL in the order service. */
	logTo?: DestinationStream
	/** Runs before the order service starts. */
	prepareCatalog?(catalog: OpenCatalog): Promise<void>
}

// Every service has the same document, and it takes a while to write.
let answerCheck: ReturnType<typeof createAnswerCheck> | undefined

/** The order service on a free port and a real catalog, each with a database of its own. */
export async function startServices(engine: Engine, options: StartOptions = {}) {
	const { env = {}, databaseUrl, catalogDatabaseUrl, logTo, prepareCatalog } = options
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await openCatalog(engine, catalogDatabaseUrl, logTo))
	await prepareCatalog?.(catalog)

	const orderDatabaseUrl = databaseUrl ?? opened.use(await createMigratedDatabase(engine, migrationsFolder)).url
	const orderConfig = readOrderConfig({
		PORT: '0',
		JWT_SECRET: jwtSecret,
		LOG_LEVEL: 'silent',
		DATABASE_URL: orderDatabaseUrl,
		CATALOG_ADDRESS: catalog.address,
		REQUEST_BUDGET_MS: '15000',
		RATE_LIMIT: '0',
		MAX_UNPAID_ORDERS: '0',
		...env,
	})
	const log = createLog('order', logTo === undefined ? 'silent' : (env['LOG_LEVEL'] ?? 'debug'), logTo)
	const orderService = opened.adopt(await startOrder(orderConfig, log), ({ close }) => close())
	const { port } = orderService.address
	const url = `http://127.0.0.1:${port}`
	answerCheck ??= createAnswerCheck((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument)
	const checkAnswer = answerCheck

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
		/** Sends bytes that no HTTP client would send, and checks the answer as `request` does. */
		async exchange(head: string, ...chunks: (string | Buffer)[]): Promise<Answer & { closed: boolean }> {
			const { closed, ...answer } = await exchange(port, [head, ...chunks])
			const [method = '', path = ''] = head.split(' ')
			return { ...checkAnswer(method, path, answer), closed }
		},
		announceShutdown: () => orderService.announceShutdown(),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type Services = Awaited<ReturnType<typeof startServices>>
