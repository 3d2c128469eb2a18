import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Metadata, type ServiceError } from '@grpc/grpc-js'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { type ErrorDetails, errorDetails } from '@mercat/catalog-api/errors'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { ImportProductsRequest } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse__Output } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { Product, Product__Output } from '@mercat/catalog-api/messages/Product'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createLog, type Logger } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import type { Engine } from '@mercat/testing/test-database'
import { readCatalogConfig } from '../src/config.ts'
import { migrationsFolder, startCatalog } from '../src/server.ts'

const tokens = { secret: randomUUID(), issuer: 'mercat', audience: 'mercat' }

export function tokenFor(scope: string): string {
	return signToken(tokens, { subject: 'tester', scope, lifetimeMs: 86_400_000 })
}

/** A token of the issuer of {@link tokenFor}. The claims replace or follow the usual ones. */
export function tokenWith(claims: object, secret: string = tokens.secret): string {
	const exp = Math.floor(Date.now() / 1000) + 86_400
	const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
	const usual = { sub: 'tester', iss: 'mercat', aud: 'mercat', exp }
	const content = `${encode({ alg: 'HS256' })}.${encode({ ...usual, ...claims })}`
	return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** A token with a scope and a claim of `length` characters. */
export function longTokenFor(scope: string, length: number): string {
	return tokenWith({ scope, note: 'x'.repeat(length) })
}

const writer = tokenFor('catalog:write')
const reserver = tokenFor('stock:reserve')

export type CatalogOptions = {
	/** Variables of the catalog. */
	env?: Record<string, string>
	/** Gets the lines of the catalog; only fatal ones are written unless it is given. */
	log?: Logger
}

/** The catalog on a free port, with a database of its own, and the calls that tests make to it. */
export async function startTestCatalog(engine: Engine, options: CatalogOptions = {}) {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const catalog = opened.use(await startCatalogOn(url, options))
	const resources = opened.move()
	return {
		...catalog,
		/** A second catalog on the same database. */
		startReplica: () => startCatalogOn(url),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

/** The catalog on a free port, with a database that exists already. */
export async function startCatalogOn(databaseUrl: string, options: CatalogOptions = {}): Promise<TestCatalog> {
	await using opened = new AsyncDisposableStack()
	const catalog = await serveCatalog(databaseUrl, options, opened)
	const resources = opened.move()
	return { ...catalog, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

async function serveCatalog(databaseUrl: string, { env, log }: CatalogOptions, opened: AsyncDisposableStack) {
	const config = readCatalogConfig({
		PORT: '0',
		DATABASE_URL: databaseUrl,
		JWT_SECRET: tokens.secret,
		SHUTDOWN_TIMEOUT_MS: '5000',
		...env,
	})
	const running = opened.use(new AsyncDisposableStack())
	const started = await startCatalog(config, log ?? createLog('catalog', 'fatal'))
	const service = running.adopt(started, ({ announceShutdown, close }) => {
		announceShutdown()
		return close()
	})
	const clients = createCatalogClients(`127.0.0.1:${service.address.port}`)
	opened.defer(() => clients.close())
	const { catalog, inventory } = clients
	const timeoutMs = 60_000

	const saved = ({ product }: { product: Product__Output | null }) => product as Product__Output

	return {
		address: `127.0.0.1:${service.address.port}`,
		catalog,
		isServing: () => clients.isServing(timeoutMs),
		get: (sku: string) => callUnary(catalog, catalogRpcs.GetProduct, { sku }, { timeoutMs }).then(saved),
		batchGet: (skus: string[]) => callUnary(catalog, catalogRpcs.BatchGetProducts, { skus }, { timeoutMs }),
		create: (product: Product | undefined, token: string | undefined = writer) =>
			callUnary(catalog, catalogRpcs.CreateProduct, { product }, { timeoutMs, token }).then(saved),
		update: (product: Product, paths?: string[]) =>
			callUnary(
				catalog,
				catalogRpcs.UpdateProduct,
				{ product, updateMask: paths && { paths } },
				{ timeoutMs, token: writer },
			).then(saved),
		archive: (sku: string, etag = '') =>
			callUnary(catalog, catalogRpcs.ArchiveProduct, { sku, etag }, { timeoutMs, token: writer }).then(saved),
		unarchive: (sku: string, etag = '') =>
			callUnary(catalog, catalogRpcs.UnarchiveProduct, { sku, etag }, { timeoutMs, token: writer }).then(saved),
		search: (request: SearchProductsRequest) => callUnary(catalog, catalogRpcs.SearchProducts, request, { timeoutMs }),
		/** Sends the requests on one stream and returns all responses. */
		async import(requests: ImportProductsRequest[], token = writer) {
			const metadata = new Metadata()
			metadata.set('authorization', `Bearer ${token}`)
			const call = catalog.importProducts(metadata, { deadline: Date.now() + 60_000 })
			const responses: ImportProductsResponse__Output[] = []
			call.on('data', (response) => responses.push(response))
			for (const request of requests) call.write(request)
			call.end()
			await once(call, 'end')
			return responses
		},
		async hold(sku: string, quantity: number) {
			const reservation = { orderId: randomUUID(), holdDuration: { seconds: 600 }, lines: [{ sku, quantity }] }
			const { results } = await callUnary(
				inventory,
				inventoryRpcs.ReserveStock,
				{ reservations: [reservation] },
				{ timeoutMs, token: reserver },
			)
			return results[0]
		},
		async stock(sku: string) {
			const { levels } = await callUnary(inventory, inventoryRpcs.GetStock, { skus: [sku] }, { timeoutMs })
			return levels[0]
		},
		/** Stops the service. */
		stop: () => running.disposeAsync(),
		/** Stops the service and opens its database. */
		async stopAndOpenDatabase() {
			await running.disposeAsync()
			return openDatabase(databaseUrl)
		},
	}
}

/** A running catalog with the calls that tests make to it. The test that started it disposes of it. */
export type TestCatalog = Awaited<ReturnType<typeof serveCatalog>> & AsyncDisposable

/** A valid product. The given fields replace its own. */
export function product(fields: Product = {}): Product {
	return { sku: 'MUG-1', title: 'Stoneware mug', price: { currencyCode: 'EUR', amountMinor: 1290 }, ...fields }
}

export function upserts(products: Product[], onHand?: number): ProductUpsert[] {
	return products.map((given, index) => ({ rowNumber: index + 1, product: given, onHand }))
}

/** The status code and the details of the error that a call fails with. */
export async function errorOf(call: Promise<unknown>): Promise<{ code: number; text: string } & ErrorDetails> {
	const error = await call.then(
		() => undefined,
		(reason: ServiceError) => reason,
	)
	if (error === undefined) throw new Error('the call succeeded')
	return { code: error.code, text: error.details, ...errorDetails(error) }
}
