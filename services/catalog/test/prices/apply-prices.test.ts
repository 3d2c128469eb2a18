import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { euros, priceCalls } from '../price-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { product } from '../start-catalog.ts'

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => ({ ...feedCalls(catalog), ...priceCalls(catalog) })

	test('a price is applied at once, and leaves etag and update time of the product', async () => {
		const { importPrices, apply } = connect()
		await importPrices('tick', { TICK: 1_000 })
		const before = await catalog.get('TICK')
		expect(await apply('tick', 7, { TICK: 1_100 })).toEqual({
			outcomes: [{ sku: 'TICK', result: 'RESULT_APPLIED', holdId: '' }],
			lastSequence: 7,
		})
		expect(await catalog.get('TICK')).toEqual({ ...before, price: euros(1_100) })
	})

	test('each price has an outcome of its own, in the order of the request', async () => {
		const { importPrices, results, price } = connect()
		await importPrices('mixed', { 'Z-UP': 1_000, 'A-SAME': 1_000, FALLS: 1_000, GONE: 1_000 })
		await importPrices('somebody', { THEIRS: 1_000 })
		await catalog.create(product({ sku: 'OURS', price: euros(1_000) }))
		await catalog.archive('GONE')
		const cents = { 'Z-UP': 1_100, FALLS: 100, NOWHERE: 5, GONE: 900, THEIRS: 900, OURS: 1_000, 'A-SAME': 1_000 }
		expect(await results('mixed', 1, cents)).toEqual([
			...['APPLIED', 'HELD', 'UNKNOWN', 'ARCHIVED', 'OTHER_SOURCE', 'OTHER_SOURCE', 'UNCHANGED'],
		])
		const after = Object.fromEntries(
			await Promise.all(['Z-UP', 'FALLS', 'GONE', 'THEIRS'].map(async (sku) => [sku, await price(sku)])),
		)
		expect(after).toEqual({ 'Z-UP': 1_100, FALLS: 1_000, GONE: 1_000, THEIRS: 1_000 })
	})

	test('the same sequence again has the same outcomes, whatever it sends, and changes nothing', async () => {
		const { importPrices, apply, heldPrice, price } = connect()
		await importPrices('twice', { ONE: 1_000, TWO: 1_000 })
		const first = await apply('twice', 3, { ONE: 1_200, TWO: 10 })
		const hold = await heldPrice('TWO')
		expect(first.outcomes).toMatchObject([{ result: 'RESULT_APPLIED' }, { result: 'RESULT_HELD', holdId: hold.id }])
		await catalog.update({ sku: 'ONE', price: euros(900) }, ['price'])
		expect(await apply('twice', 3, { ONE: 1_200, TWO: 10 })).toEqual(first)
		expect(await apply('twice', 3, { TWO: 1_000 })).toEqual(first)
		expect(await price('ONE')).toBe(900)
		expect(await heldPrice('TWO')).toEqual(hold)
	})

	test('an older sequence changes nothing, and hears of the latest one', async () => {
		const { importPrices, apply, price } = connect()
		await importPrices('late', { LATE: 1_000 })
		await apply('late', 9, { LATE: 1_100 })
		expect(await apply('late', 8, { LATE: 1_200 })).toEqual({ outcomes: [], lastSequence: 9 })
		expect(await price('LATE')).toBe(1_100)
		expect(await apply('late', 10, { LATE: 1_200 })).toMatchObject({ lastSequence: 10 })
		expect(await price('LATE')).toBe(1_200)
	})

	test('each source has sequences of its own', async () => {
		const { importPrices, results } = connect()
		await importPrices('one', { 'OF-ONE': 1_000 })
		await importPrices('other', { 'OF-OTHER': 1_000 })
		expect(await results('one', 5, { 'OF-ONE': 1_001 })).toEqual(['APPLIED'])
		expect(await results('other', 1, { 'OF-OTHER': 1_001 })).toEqual(['APPLIED'])
	})

	test('500 prices are applied in one call', async () => {
		const { importPrices, results, price } = connect()
		const skus = Array.from({ length: 500 }, (_, index) => `MANY-${index}`)
		await importPrices('many', Object.fromEntries(skus.map((sku) => [sku, 1_000])))
		expect(
			new Set(await results('many', 1, Object.fromEntries(skus.map((sku, at) => [sku, 1_001 + (at % 9)])))),
		).toEqual(new Set(['APPLIED']))
		expect(await price('MANY-499')).toBe(1_001 + (499 % 9))
	})

	test('a search by price finds a product at its applied price', async () => {
		const { importPrices, apply } = connect()
		await importPrices('found', { FOUND: 7_000_000 })
		await apply('found', 1, { FOUND: 8_000_000 })
		const filter = { currencyCode: 'EUR', minAmountMinor: 8_000_000 }
		await eventually(async () => {
			const { products } = await catalog.search({ filter })
			expect(products).toMatchObject([{ sku: 'FOUND', price: { amountMinor: 8_000_000 } }])
		})
	})

	test('the next run of the feed of the source asks for the whole feed', async () => {
		const { begin, finish, importPrices, apply } = connect()
		const runNumber = (await begin('whole')).runNumber
		await importPrices('whole', { WHOLE: 1_000 }, runNumber)
		const validators = { etag: '"1"', lastModified: '', settingsDigest: 'x' }
		await finish({ feed: 'whole', runNumber, validators })
		const second = await begin('whole')
		expect(second.validators).toMatchObject({ etag: '"1"' })
		await finish({ feed: 'whole', runNumber: second.runNumber, outcome: 'FEED_RUN_OUTCOME_UNCHANGED' })
		await apply('whole', 1, { WHOLE: 1_001 })
		expect((await begin('whole')).validators).toBeNull()
	})
})
