import { readPageTokenKey } from '@mercat/database/page-token-key'
import { createMarketClient } from '@mercat/market-api/client'
import type { Budget } from '@mercat/service/budget'
import { createLog } from '@mercat/service/log'
import { signToken, tokenRules } from '@mercat/service/tokens'
import type { Engine } from '@mercat/testing/test-database'
import { readMarketConfig } from '../../src/config.ts'
import { openFolding } from '../../src/open-folding.ts'
import { openSales } from '../../src/open-sales.ts'
import { serveGrpc } from '../../src/serve-grpc.ts'
import { defaultRetention } from '../../src/settings/retention.ts'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'

const secret = 'x'.repeat(32)

/** A token with a scope. */
export function tokenOf(scope: string, lifetimeMs = 86_400_000): string {
	const key = { secret, issuer: 'mercat', audience: 'mercat' }
	return signToken(key, { subject: 'tester', scope, lifetimeMs })
}

/** Serves the prices and sales of a database that other processes fill, at noon. The catalog has the product `KNOWN`. */
export async function servePrices(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openMarketDatabase(engine, noon))
	const running = opened.use(new AsyncDisposableStack())
	const log = createLog('market', 'warn')
	const config = readMarketConfig({
		DATABASE_URL: 'pglite:memory',
		CATALOG_ADDRESS: 'localhost:1',
		JWT_SECRET: secret,
		MARKET_GRPC_PORT: '0',
	})

	const folding = running.use(
		await openFolding(database, log, { retention: defaultRetention, maxAgeS: 3_600, now: () => noon }),
	)
	const products = { find: () => undefined, loaded: Promise.resolve() }
	const sales = running.use(
		openSales({ database, products, log }, { retention: defaultRetention, orderLog: undefined }),
	)
	const readiness = { isReady: async () => true }
	const isUnknown = async (sku: string, budget: Budget) => sku !== 'KNOWN' && !(await folding.hasBars(sku, budget))
	const pageTokenKey = await readPageTokenKey(database)
	const rules = tokenRules(config.tokens, log)
	const needs = { database, folding, sales, isUnknown, pageTokenKey, tokenRules: rules, readiness, log }
	const served = running.use(await serveGrpc({ ...needs, now: () => noon }, config))
	const address = `127.0.0.1:${served.port}`
	const client = opened.adopt(createMarketClient(address), (client) => client.close())
	const resources = opened.move()
	return {
		database,
		folding,
		client,
		address,
		/** Stops serving. */
		stop: () => running.disposeAsync(),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type ServedPrices = Awaited<ReturnType<typeof servePrices>>

/** Messages for the process that follows the source, each with a price in cents of a second since noon. */
export function messagesOf(prices: readonly [sku: string, second: number, amountMinor: number][], firstSeq = 1) {
	return prices.map(([sku, second, amountMinor], index) => ({
		seq: firstSeq + index,
		ticks: [{ sku, currency: 'EUR', amountMinor, available: undefined, atMs: noon + second * 1_000 }],
	}))
}
