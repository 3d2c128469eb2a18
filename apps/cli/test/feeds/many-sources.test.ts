import type { RequestListener } from 'node:http'
import { createCatalogAuditStore } from '@mercat/catalog/audit'
import { openDatabase } from '@mercat/database/database'
import { addressRefusal } from '@mercat/service/target-address'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { FeedResult } from '../../src/feeds/report/feed-result.ts'
import { startTestCatalog } from '../start-catalog.ts'
import { badSources } from './bad-sources.ts'
import { answer, startSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedOf, listProducts, syncOnce } from './use-feeds.ts'

const productsPerSource = 20
const healthyCount = 10
// The address of the sources of this test stands for a public one.
const publicTargets = {
	resolve: async () => [],
	addressRefusal: (address: string) => (address === '127.0.0.1' ? undefined : addressRefusal(address)),
}

test.each(engines)(
	'each of 50 sources has its outcome, and nothing of a bad one is applied, on %s',
	async (engine) => {
		await using opened = new AsyncDisposableStack()
		const database = opened.use(await createTestDatabase(engine))
		const catalog = opened.use(await startTestCatalog({ DATABASE_URL: database.url }))
		// A slow source answers when all healthy ones have ended, so none of them waits for it.
		const allHealthyDone = Promise.withResolvers<void>()
		const healthy = { kind: 'healthy', count: healthyCount, outcome: 'synced', reason: /^$/, answer }
		const behaviours = [healthy, ...badSources(allHealthyDone.promise)].flatMap(({ count, ...behaviour }) =>
			Array.from({ length: count }, (_, n) => ({ ...behaviour, name: `${behaviour.kind}-${n}` })),
		)
		expect(behaviours).toHaveLength(50)

		const answers = new Map<string, RequestListener>()
		const feeds = await Promise.all(
			behaviours.map(async ({ name }) => {
				const source = opened.use(await startSource((request, response) => answers.get(name)?.(request, response)))
				return testFeed(source.origin, {
					name,
					allowPrivate: false,
					timeoutS: name.startsWith('hanging') ? 3 : 60,
					onMissing: 'archive',
				})
			}),
		)
		for (const { name } of behaviours) answers.set(name, answer(feedOf(name, productsPerSource)))
		const first = await syncOnce(catalog, feeds, { publicTargets })
		expect(first.feeds.map(({ outcome, created }) => [outcome, created])).toEqual(
			behaviours.map(() => ['synced', productsPerSource]),
		)
		const before = await listProducts(catalog)

		let healthyDone = 0
		const onResult = ({ name }: FeedResult) => {
			if (name.startsWith('healthy') && ++healthyDone === healthyCount) allHealthyDone.resolve()
		}
		// All sources raise their prices a little, and most of them behave badly.
		for (const { name, answer: answerWith } of behaviours)
			answers.set(name, answerWith(feedOf(name, productsPerSource, (n) => (n + 1.1).toFixed(2))))
		const report = await syncOnce(catalog, feeds, { publicTargets, onResult })

		expect(report.feeds).toEqual(
			behaviours.map(({ name, outcome, reason }) =>
				expect.objectContaining({ name, outcome, reason: expect.stringMatching(reason) }),
			),
		)
		const after = await listProducts(catalog)
		for (const { name, outcome } of behaviours) {
			const changed = [...after].filter(
				([sku, listed]) => sku.startsWith(`${name}-`) && listed.product?.etag !== before.get(sku)?.product?.etag,
			)
			expect([name, changed.length]).toEqual([name, outcome === 'synced' ? productsPerSource : 0])
		}
		expect(after.size).toBe(50 * productsPerSource)
		expect(report.rows.map(({ outcome }) => outcome)).toEqual(Array(3 * productsPerSource).fill('held'))

		await catalog[Symbol.asyncDispose]()
		await using audited = await openDatabase(database.url, { connectTimeoutMs: 60_000 })
		const store = createCatalogAuditStore(audited)
		expect([...(await store.stockBreaches()), ...(await store.ledgerBreaches())]).toEqual([])
	},
	90_000,
)
