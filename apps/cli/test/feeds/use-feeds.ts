import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ListedProduct__Output as ListedProduct } from '@mercat/catalog-api/messages/ListedProduct'
import type { TargetAgentNeeds } from '@mercat/service/target-agent'
import { signToken } from '@mercat/service/tokens'
import { noProgress } from '../../src/feeds/report/feed-progress.ts'
import type { FeedResult } from '../../src/feeds/report/feed-result.ts'
import type { SyncReport } from '../../src/feeds/report/sync-report.ts'
import { openFeedRunner } from '../../src/feeds/running/open-feed-runner.ts'
import type { FeedSettings } from '../../src/feeds/settings/feed-settings.ts'
import { jwtSecret, type TestCatalog } from '../start-catalog.ts'

export const feedsToken = () =>
	signToken(
		{ secret: jwtSecret, issuer: 'mercat', audience: 'mercat' },
		{ subject: 'test', scope: 'catalog:write', lifetimeMs: 86_400_000 },
	)

type RunOptions = {
	dryRun?: boolean
	signal?: AbortSignal
	onResult?: (result: FeedResult, facts: { isSourceFault: boolean }) => void
	publicTargets?: TargetAgentNeeds
}

/** Runs feeds once, as the command does. */
export async function syncOnce(
	{ port }: Pick<TestCatalog, 'port'>,
	feeds: FeedSettings[],
	{ dryRun = false, signal = new AbortController().signal, onResult, publicTargets }: RunOptions = {},
): Promise<SyncReport> {
	await using runner = openFeedRunner(
		{ env: { JWT_SECRET: jwtSecret }, publicTargets },
		{ catalog: `127.0.0.1:${port}`, concurrency: 8, dryRun },
	)
	return await runner.run(feeds, { progress: noProgress, ...(onResult && { onResult }) }, signal)
}

/** All products of the catalog by their sku. */
export async function listProducts({ clients }: TestCatalog): Promise<Map<string, ListedProduct>> {
	const products = new Map<string, ListedProduct>()
	let pageToken = ''
	do {
		const options = { timeoutMs: 60_000, token: feedsToken() }
		const page = await callUnary(clients.catalog, catalogRpcs.ListProducts, { pageSize: 500, pageToken }, options)
		for (const listed of page.products) products.set(listed.product?.sku ?? '', listed)
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	return products
}

/** A CSV feed with products of one prefix. */
export function feedOf(prefix: string, count: number, price = (n: number) => (n + 1).toFixed(2)): string {
	const rows = Array.from({ length: count }, (_, n) => `${prefix}-${n},Title ${n} of ${prefix},${price(n)},EUR,${n}\n`)
	return `sku,title,price,currency,onHand\n${rows.join('')}`
}
