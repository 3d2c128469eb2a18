import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrationsFolder as catalogMigrations } from '@mercat/catalog/server'
import { product, startCatalogOn, type TestCatalog, tokenFor, upserts } from '@mercat/catalog/testing/start-catalog'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createMarketClient } from '@mercat/market-api/client'
import { marketRpcs } from '@mercat/market-api/load-proto'
import type { GetPriceHistoryRequest } from '@mercat/market-api/messages/GetPriceHistoryRequest'
import { type Exchange, startExchange } from '@mercat/market-exchange/exchange'
import { createLog, type DestinationStream } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import type { Engine } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { readMarketConfig } from '../src/config.ts'
import { migrationsFolder, startMarket } from '../src/server.ts'

/** The secret that the market verifies tokens with. */
const secret = `${randomUUID()}${randomUUID()}`

/** A token that the market accepts. */
export function marketToken(scope: string): string {
	const issuer = { secret, issuer: 'mercat', audience: 'mercat' }
	return signToken(issuer, { subject: 'analyst', scope, lifetimeMs: 86_400_000 })
}

const analyst = marketToken('market:read')

export type GetOptions = {
	/** Empty for a request without a token. */
	token?: string
	headers?: Record<string, string>
}

export type SendOptions = GetOptions & {
	/** Sent as JSON. */
	body?: object
}

const staff = { timeoutMs: 20_000, token: tokenFor('catalog:write') }

/** A file with the settings of sources, until the result is disposed of. */
export function sourcesFile(sources: readonly object[]): Disposable & { path: string } {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-sources-'))
	const path = join(folder, 'sources.json')
	writeFileSync(path, JSON.stringify({ sources }))
	return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** The variables of a market with these sources, in a process of its own or in this one. */
export function marketEnvironment(databaseUrl: string, catalogAddress: string, sources: string) {
	return {
		DATABASE_URL: databaseUrl,
		CATALOG_ADDRESS: catalogAddress,
		CATALOG_TOKEN: staff.token,
		MARKET_PORT: '0',
		JWT_SECRET: secret,
		MARKET_SOURCES: sources,
		MARKET_GRPC_PORT: '0',
		LOG_LEVEL: 'warn',
	}
}

/** Makes products at 1,000 cents whose prices belong to a source. */
export async function addProducts(catalog: TestCatalog, source: string, skus: readonly string[]): Promise<void> {
	const price = { currencyCode: 'EUR', amountMinor: 1_000 }
	await catalog.import([{ source, upserts: upserts(skus.map((sku) => product({ sku, price }))) }])
}

export async function heldPrices({ catalog }: TestCatalog) {
	const { heldPrices: held } = await callUnary(catalog, catalogRpcs.ListHeldPrices, {}, staff)
	return held.map(({ sku, source, rule, newPrice }) => ({ sku, source, rule, amountMinor: newPrice?.amountMinor }))
}

/** The prices that a product has had, the oldest first. */
export async function pricesOf(
	{ catalog }: Pick<TestCatalog, 'catalog'>,
	sku: string,
	options = staff,
): Promise<number[]> {
	const prices: number[] = []
	let pageToken = ''
	do {
		const page = await callUnary(catalog, catalogRpcs.GetPriceHistory, { sku, pageSize: 500, pageToken }, options)
		prices.push(...page.periods.map(({ price }) => price?.amountMinor ?? Number.NaN))
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	return prices
}

export type MarketOptions = {
	/** The names of the sources. Each has an exchange of its own. */
	sources?: readonly string[]
	/** Members of the settings of every source. */
	settings?: object
	env?: Record<string, string>
	catalogEnv?: Record<string, string>
	logTo?: DestinationStream
	/** A database in place of one of its own. The caller removes it. */
	databaseUrl?: string
}

export type Market = Awaited<ReturnType<typeof openMarket>>

/** A market with a real catalog, and an exchange for each of its sources. */
export async function openMarket(
	engine: Engine,
	{ sources = ['metals'], settings, env = {}, catalogEnv = {}, logTo, databaseUrl }: MarketOptions = {},
) {
	await using opened = new AsyncDisposableStack()
	const { url: catalogUrl } = opened.use(await createMigratedDatabase(engine, catalogMigrations))
	const catalogPort = String(await getPort())
	const startCatalog = () => startCatalogOn(catalogUrl, { env: { PORT: catalogPort, ...catalogEnv } })
	const catalog = opened.use(await startCatalog())
	const url = databaseUrl ?? opened.use(await createMigratedDatabase(engine, migrationsFolder)).url
	const exchanges = new Map<string, Exchange>()
	for (const name of sources) exchanges.set(name, opened.use(await startExchange()))
	const file = opened.use(
		sourcesFile(
			[...exchanges].map(([name, exchange]) => ({ name, url: exchange.url, allowPrivate: true, ...settings })),
		),
	)
	const running = opened.use(new AsyncDisposableStack())
	let process = new AsyncDisposableStack()
	let address = { host: '', port: 0 }
	running.defer(() => process.disposeAsync())
	const grpcPort = String(await getPort())
	const client = opened.adopt(createMarketClient(`127.0.0.1:${grpcPort}`), (client) => client.close())

	async function start(overrides: Record<string, string> = {}): Promise<void> {
		const config = readMarketConfig({
			...marketEnvironment(url, catalog.address, file.path),
			MARKET_GRPC_PORT: grpcPort,
			...env,
			...overrides,
		})
		const log = createLog('market', logTo === undefined ? 'silent' : 'debug', logTo)
		process = new AsyncDisposableStack()
		const started = process.adopt(await startMarket(config, log), ({ announceShutdown, close }) => {
			announceShutdown()
			return close()
		})
		address = started.address
	}

	function publish(source: string, prices: Record<string, number>, atMs = Date.now()): number {
		const ticks = Object.entries(prices).map(([sku, price]) => ({
			sku,
			price,
			currency: 'EUR',
			available: 1,
			at: atMs,
		}))
		return (exchanges.get(source) as Exchange).publish(ticks)
	}

	async function send(method: string, path: string, { token = analyst, headers = {}, body }: SendOptions = {}) {
		const authorization: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` }
		const content: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
		const answer = await fetch(`http://127.0.0.1:${address.port}${path}`, {
			method,
			headers: { ...authorization, ...content, ...headers },
			...(body && { body: JSON.stringify(body) }),
		})
		const text = await answer.text()
		const isJson = /json/.test(answer.headers.get('content-type') ?? '')
		return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined }
	}

	const resources = opened.move()
	return {
		catalog,
		/** Starts the catalog again, at its address and with its database, after it was stopped. */
		startCatalogAgain: startCatalog,
		databaseUrl: url,
		/** A client of the market, whenever it is started. */
		client,
		/** The bars of a product. */
		history: (request: GetPriceHistoryRequest) =>
			callUnary(client, marketRpcs.GetPriceHistory, request, { timeoutMs: 20_000 }),
		exchange: (source: string) => exchanges.get(source) as Exchange,
		publish,
		start,
		/** Asks the REST API, as an analyst unless another token is given. */
		get: (path: string, options: GetOptions = {}) => send('GET', path, options),
		/** Sends a request to the REST API, as an analyst unless another token is given. */
		send,
		stop: () => process.disposeAsync(),
		async price(sku: string): Promise<number | undefined> {
			return (await catalog.get(sku)).price?.amountMinor
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
