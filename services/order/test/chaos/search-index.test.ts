import { Metadata } from '@grpc/grpc-js'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { eventually } from '@mercat/testing/eventually'
import { type SeededRandom, seededRandom } from '@mercat/testing/seeded-random'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type Cluster, startCluster } from './shop/cluster.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 1_200_000
const stepPatience = { timeout: 4_000, interval: 20 }

const writerCount = 4
const productsOfWriter = 40
const kills = { postgres: 10, pglite: 6 }

/** Steps of writes, builds and folds at which a catalog is killed. */
const steps = [
	'before insert-search-segment',
	'after insert-search-segment',
	'before commit of insert-by-import',
	'before commit of update-locked-products',
	'before set-search-docs',
	'before commit of move-rebuild',
	'before commit of end-rebuild-pass',
	'after insert-search-postings',
	'before delete-search-segments',
]

describe.concurrent.each(engines)('catalogs that are killed on %s', { timeout }, (engine) => {
	test('have each product once in the index, with the words of its last text', async ({ onTestFailed }) => {
		const random = seededRandom(onTestFailed)
		await using cluster = await startCluster({ engine, catalogs: engine === 'postgres' ? 2 : 1 })
		const shelves = Array.from({ length: writerCount }, (_, number) => createShelf(cluster, random, number))

		const closing = new AbortController()
		const writes = shelves.map(async ({ write }) => {
			while (!closing.signal.aborted) await write()
		})
		const killer = killAtSteps(
			cluster,
			random,
			() => shelves.reduce((sum, { count }) => sum + count(), 0),
			kills[engine],
		)
		const parts = [killer, ...writes].map((part) => part.finally(() => closing.abort()))
		for (const outcome of await Promise.allSettled(parts)) if (outcome.status === 'rejected') throw outcome.reason
		await cluster.restartAll()

		for (const { port } of cluster.catalogs) {
			await using clients = openClients(cluster, port)
			await eventually(async () => {
				const { status } = await clients.index()
				expect(status).toMatchObject({ state: 'SEARCH_INDEX_STATE_READY', pendingProductCount: 0 })
			})
			for (const { sku, title } of shelves.flatMap(({ products }) => products())) {
				const { products } = await clients.search(`"${title}"`)
				expect(
					products.map((product) => product.sku),
					title,
				).toEqual([sku])
			}
		}
		const { exitCode, output } = await cluster.audit()
		expect(exitCode, output).toBe(0)
	})
})

/** The products of one writer. Each write gives some of them titles that no product has had. */
function createShelf(cluster: Cluster, random: SeededRandom, number: number) {
	const first = number * 0x10000
	const titles = new Map<string, string>()
	let written = 0

	const product = (): Product => ({
		sku: `W${number}-${random.below(productsOfWriter)}`,
		title: `Mug ${wordOf(first + ++written)}`,
		price: { currencyCode: 'EUR', amountMinor: 1290 },
	})
	const bySku = (products: Product[]) => [...new Map(products.map((each) => [each.sku, each])).values()]

	return {
		count: () => written,
		products: () => [...titles].map(([sku, title]) => ({ sku, title })),
		/** Repeats a write until a catalog has answered it. */
		async write(): Promise<void> {
			const products = bySku(Array.from({ length: random.oneOf([1, 5, 20]) }, product))
			const isReindexing = random.between(0, 8) < 1
			await eventually(async () => {
				const { port } = random.oneOf(cluster.catalogs)
				await using clients = openClients(cluster, port)
				if (isReindexing) await clients.reindex()
				await clients.importProducts(products)
			})
			for (const { sku, title } of products) titles.set(sku ?? '', title ?? '')
		},
	}
}

/** A word of letters for each number, and another one for each. */
function wordOf(number: number): string {
	return `zz${[...number.toString(16).padStart(5, '0')].map((digit) => 'bcdfghjklmnpqrst'[Number.parseInt(digit, 16)]).join('')}`
}

function openClients(cluster: Cluster, port: number) {
	const clients = createCatalogClients(`127.0.0.1:${port}`)
	const writer = cluster.token('tester', 'catalog:write')
	const { catalog } = clients
	const options = { timeoutMs: 10_000, token: writer }
	return {
		reindex: () => callUnary(catalog, catalogRpcs.ReindexProducts, {}, options),
		index: () => callUnary(catalog, catalogRpcs.GetSearchIndex, {}, options),
		search: (query: string) => callUnary(catalog, catalogRpcs.SearchProducts, { query }, options),
		async importProducts(products: Product[]): Promise<void> {
			const metadata = new Metadata()
			metadata.set('authorization', `Bearer ${writer}`)
			const call = catalog.importProducts(metadata, { deadline: Date.now() + 10_000 })
			call.write({ upserts: products.map((product, index) => ({ rowNumber: index + 1, product })) })
			call.end()
			for await (const { failures } of call) if (failures.length > 0) throw new Error(failures[0]?.message)
		},
		[Symbol.asyncDispose]: async () => clients.close(),
	}
}

/** Kills catalogs at steps, each after some writes have been answered since the kill before, and starts them again. */
async function killAtSteps(cluster: Cluster, random: SeededRandom, count: () => number, kills: number): Promise<void> {
	for (let kill = 0; kill < kills; kill++) {
		const before = count()
		await eventually(() => expect(count()).toBeGreaterThan(before + 40))
		const victim = random.oneOf(cluster.catalogs)
		await victim.arm(random.oneOf(steps))
		// When nothing comes to the step, the process is killed wherever it is.
		await eventually(() => expect(victim.pid).toBeUndefined(), stepPatience).catch(() => victim.signal('SIGKILL'))
		await victim.start()
	}
}
