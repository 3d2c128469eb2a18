import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { inventoryCalls } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { product } from '../start-catalog.ts'

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)

	/** A run of the feed that has these products, 5 of each. */
	async function runWith(feed: string, skus: string[]) {
		const calls = feedCalls(catalog)
		const run = await calls.beginRun(feed)
		const upserts = skus.map((sku) => ({ product: product({ sku }), onHand: 5 }))
		await calls.import({ source: feed, runNumber: run, upserts })
		return {
			...calls,
			run,
			importAgain: () => calls.import({ source: feed, runNumber: run, upserts }),
			skus: async () => (await calls.sourceSkus({ source: feed })).skus,
		}
	}

	test('the skus of a source come in pages, and those of other sources do not', async () => {
		const { sourceSkus } = await runWith('paged', ['PG-1', 'PG-2', 'PG-3'])
		await runWith('paged-too', ['PG-4'])
		await catalog.create(product({ sku: 'PG-5' }))
		const first = await sourceSkus({ source: 'paged', pageSize: 2 })
		expect(first.skus).toEqual(['PG-1', 'PG-2'])
		const last = await sourceSkus({ source: 'paged', pageSize: 2, pageToken: first.nextPageToken })
		expect(last).toEqual({ skus: ['PG-3'], nextPageToken: '' })
	})

	test('the skus of a source are all of its active products, also those that its feed lacks and that are sold out', async () => {
		const { retire, run, skus } = await runWith('all', ['ALL-1', 'ALL-2', 'ALL-3'])
		await retire('all', run, ['ALL-2'], 'RETIRE_ACTION_SOLD_OUT')
		await catalog.archive('ALL-3')
		expect(await skus()).toEqual(['ALL-1', 'ALL-2'])
	})

	test('a product that is missing for long is sold out again when it has stock again, and archived when its feed wants it', async () => {
		const { retire, run } = await runWith('again', ['AGAIN'])
		const soldOut = () => retire('again', run, ['AGAIN'], 'RETIRE_ACTION_SOLD_OUT')
		expect(await soldOut()).toEqual({ changedSkus: ['AGAIN'] })
		await inventoryCalls(catalog).setStock('AGAIN', 3)
		expect(await soldOut()).toEqual({ changedSkus: ['AGAIN'] })
		expect(await soldOut()).toEqual({ changedSkus: [] })
		const archive = () => retire('again', run, ['AGAIN'], 'RETIRE_ACTION_ARCHIVE')
		expect(await archive()).toEqual({ changedSkus: ['AGAIN'] })
		expect(await archive()).toEqual({ changedSkus: [] })
	})

	test('a missing product that is sold out has only what orders hold, and the ledger says why', async () => {
		const { retire, run } = await runWith('sold', ['SOLD'])
		await catalog.hold('SOLD', 2)
		expect(await retire('sold', run, ['SOLD'], 'RETIRE_ACTION_SOLD_OUT')).toEqual({ changedSkus: ['SOLD'] })
		expect(await catalog.stock('SOLD')).toMatchObject({ onHand: 2, held: 2, available: 0 })
		expect(await catalog.get('SOLD')).toMatchObject({ state: 'STATE_ACTIVE', availableQuantity: 0 })
		const movements = await inventoryCalls(catalog).movements('SOLD')
		expect(movements.slice(0, 1)).toMatchObject([
			{ kind: 'STOCK_MOVEMENT_KIND_SET', delta: -3, reason: 'feed sold: missing', who: 'tester' },
		])
		expect(await retire('sold', run, ['SOLD'], 'RETIRE_ACTION_SOLD_OUT')).toEqual({ changedSkus: [] })
	})

	test('a missing product that is archived comes back with its next row', async () => {
		const { retire, run, skus, importAgain } = await runWith('archive', ['GONE'])
		const { etag } = await catalog.get('GONE')
		expect(await retire('archive', run, ['GONE'], 'RETIRE_ACTION_ARCHIVE')).toEqual({ changedSkus: ['GONE'] })
		const archived = await catalog.get('GONE')
		expect(archived.state).toBe('STATE_ARCHIVED')
		expect(archived.etag).not.toBe(etag)
		expect(await skus()).toEqual([])
		await importAgain()
		expect((await catalog.get('GONE')).state).toBe('STATE_ACTIVE')
		expect(await skus()).toEqual(['GONE'])
	})

	test('a product that a person has archived stays archived', async () => {
		const { retire, run, importAgain } = await runWith('person', ['OUT'])
		await catalog.archive('OUT')
		expect(await retire('person', run, ['OUT'], 'RETIRE_ACTION_ARCHIVE')).toEqual({ changedSkus: [] })
		expect((await importAgain()).failures).toMatchObject([{ reason: 'PRODUCT_ARCHIVED' }])
	})

	test('a feed retires nothing of another source, and nothing of the shop', async () => {
		const { retire, run } = await runWith('mine', ['MINE'])
		await runWith('theirs', ['THEIRS'])
		await catalog.create(product({ sku: 'SHOPS' }))
		const skus = ['THEIRS', 'SHOPS', 'MINE']
		expect(await retire('mine', run, skus, 'RETIRE_ACTION_ARCHIVE')).toEqual({ changedSkus: ['MINE'] })
		expect((await catalog.get('THEIRS')).state).toBe('STATE_ACTIVE')
	})
})
