import { setTimeout as sleep } from 'node:timers/promises'
import { createCatalogAuditStore } from '@mercat/catalog/audit'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { openDatabase } from '@mercat/database/database'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { answer, startSource } from '../feeds/start-source.ts'
import { makeFeedsFolder, startSync } from '../feeds/start-sync.ts'
import { feedsToken, listProducts } from '../feeds/use-feeds.ts'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'

const kills = 6 * chaosTimes
const sources = ['one', 'two', 'three', 'four', 'five', 'six']
const productsPerSource = 4_000

/** Some products are in the first version only, and others come back in the next one. */
function isMissing(n: number, number: number): boolean {
	if (number === 0) return false
	return n % 50 === 0 || (number < kills && n % 50 === (number % 9) + 1)
}

/** A version of a source. Each one changes titles, stock and most prices a little, and has a price that is held. */
function version(source: string, number: number): string {
	const rows = Array.from({ length: productsPerSource }, (_, n) => {
		if (isMissing(n, number)) return ''
		const cents = 1_000 + n + (n === 7 ? Math.min(number, 1) * 9_000 : number)
		return `${source}-${n},Title ${number} of ${n},${(cents / 100).toFixed(2)},EUR,${number}\n`
	})
	return `sku,title,price,currency,onHand\n${rows.join('')}`
}

test(`after ${kills} kills at any moment, the catalog is as if nothing had been killed`, async () => {
	await using opened = new AsyncDisposableStack()
	let number = 0
	const served = await Promise.all(
		sources.map(async (name) => ({
			name,
			source: opened.use(await startSource((request, response) => answer(version(name, number))(request, response))),
		})),
	)
	using folder = makeFeedsFolder(served.map(({ name, source }) => ({ name, url: source.origin, onMissing: 'archive' })))
	const requests = () => served.reduce((sum, { source }) => sum + source.requests.length, 0)

	const calm = opened.use(await startCatalogOnPostgres())
	for (number of [0, kills]) expect(await ended(folder, calm.catalog)).toBe(number === 0 ? 0 : 1)

	number = 0
	const killed = opened.use(await startCatalogOnPostgres())
	const startedAt = performance.now()
	expect(await ended(folder, killed.catalog)).toBe(0)
	const wholeMs = performance.now() - startedAt
	for (number = 1; number <= kills; number++) {
		const requestsBefore = requests()
		await using run = startSync(folder, killed.catalog.port)
		// A run waits for the lease of the one that was killed before it.
		await eventually(() => expect(requests()).toBeGreaterThan(requestsBefore))
		await sleep(Math.random() * wholeMs)
		run.kill('SIGKILL')
		await run.ended
	}
	number = kills
	expect(await ended(folder, killed.catalog)).toBe(1)

	expect(await stateOf(killed.catalog)).toEqual(await stateOf(calm.catalog))
	await killed.catalog[Symbol.asyncDispose]()
	await using audited = await openDatabase(killed.url, { connectTimeoutMs: 60_000 })
	const store = createCatalogAuditStore(audited)
	expect([...(await store.stockBreaches()), ...(await store.ledgerBreaches())]).toEqual([])
})

async function startCatalogOnPostgres() {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase('postgres'))
	const catalog = opened.use(await startTestCatalog({ DATABASE_URL: url }))
	const resources = opened.move()
	return { url, catalog, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** The exit code of a run that nobody kills. */
async function ended(folder: { path: string; settings: string }, { port }: TestCatalog): Promise<number | null> {
	await using run = startSync(folder, port)
	return (await run.ended)[0]
}

/** All that the feeds decide: products without their times, and held prices without their ids. */
async function stateOf(catalog: TestCatalog) {
	const products = [...(await listProducts(catalog))].map(([sku, { product, ...owned }]) => {
		const { etag: _, createTime: __, updateTime: ___, availableQuantity: ____, ...content } = product ?? {}
		return [sku, content, owned]
	})
	const options = { timeoutMs: 60_000, token: feedsToken() }
	const { heldPrices } = await callUnary(catalog.clients.catalog, catalogRpcs.ListHeldPrices, {}, options)
	const holds = heldPrices.map(({ sku, source, rule, oldPrice, newPrice }) => ({
		sku,
		source,
		rule,
		oldPrice,
		newPrice,
	}))
	return { products, holds: holds.toSorted((one, other) => (one.sku < other.sku ? -1 : 1)) }
}
