import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { metric } from '../metric.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, tokenFor } from '../start-catalog.ts'

const nowhere = '00000000-0000-4000-8000-000000000000'

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => feedCalls(catalog)

	/** A product of the source "acme" for 10.00 EUR, for which acme now sends 1.00 EUR. */
	async function holdPrice(sku: string, amountMinor = 100) {
		const calls = connect()
		await calls.importPrices('acme', { [sku]: 1_000 })
		const response = await calls.importPrices('acme', { [sku]: amountMinor })
		return { ...calls, response, hold: await calls.heldPrice(sku) }
	}

	test('a price that falls too far is held, and the old price sells on', async () => {
		const { response, hold, price } = await holdPrice('FELL')
		expect(response).toMatchObject({ updatedCount: 0, unchangedCount: 0, failures: [] })
		expect(response.held).toMatchObject([
			{ rowNumber: 1, sku: 'FELL', holdId: hold.id, rule: 'PRICE_FELL', newPrice: { amountMinor: 100 } },
		])
		expect(hold).toMatchObject({
			sku: 'FELL',
			title: 'Stoneware mug',
			source: 'acme',
			rule: 'PRICE_FELL',
			figures: { changePercent: -90, maxPriceChangePercent: 50 },
			oldPrice: { currencyCode: 'EUR', amountMinor: 1_000 },
			newPrice: { currencyCode: 'EUR', amountMinor: 100 },
			currentPrice: { currencyCode: 'EUR', amountMinor: 1_000 },
			until: null,
		})
		expect(await price('FELL')).toBe(1_000)
	})

	test('the rest of a row is applied while its price is held', async () => {
		const { import: importOne } = await holdPrice('REST', 1_000 * 2)
		const upsert = {
			rowNumber: 7,
			product: product({ sku: 'REST', title: 'Another title', price: { currencyCode: 'EUR', amountMinor: 2_000 } }),
			onHand: 3,
			updateMask: { paths: ['title', 'price'] },
		}
		const response = await importOne({ source: 'acme', upserts: [upsert] })
		expect(response.held).toMatchObject([{ rowNumber: 7, changedParts: ['content', 'stock'] }])
		expect(await catalog.get('REST')).toMatchObject({ title: 'Another title', price: { amountMinor: 1_000 } })
	})

	test('the same price again is held again by the same hold', async () => {
		const { hold, importPrices, heldPrice } = await holdPrice('AGAIN')
		const { held } = await importPrices('acme', { AGAIN: 100 })
		expect(held).toMatchObject([{ holdId: hold.id }])
		expect(await heldPrice('AGAIN')).toEqual(hold)
	})

	test('another price takes the place of the held one, and the hold keeps its id', async () => {
		const { hold, importPrices, heldPrice } = await holdPrice('MOVES')
		await importPrices('acme', { MOVES: 9_000 })
		expect(await heldPrice('MOVES')).toMatchObject({
			id: hold.id,
			rule: 'PRICE_ROSE',
			newPrice: { amountMinor: 9_000 },
		})
	})

	test('a price within the limit is applied, and ends the hold', async () => {
		const { importPrices, heldPrices, price } = await holdPrice('BACK')
		await importPrices('acme', { BACK: 900 })
		expect((await heldPrices({ sku: 'BACK' })).heldPrices).toEqual([])
		expect(await price('BACK')).toBe(900)
	})

	test('a price in another currency is held', async () => {
		const { importPrices, import: importOne, heldPrice } = connect()
		await importPrices('acme', { DOLLAR: 1_000 })
		const price = { currencyCode: 'USD', amountMinor: 1_000 }
		await importOne({ source: 'acme', upserts: [{ product: product({ sku: 'DOLLAR', price }) }] })
		expect(await heldPrice('DOLLAR')).toMatchObject({ rule: 'CURRENCY_CHANGED', figures: {}, newPrice: price })
	})

	test('the limit of the feed holds the prices of its runs', async () => {
		const { beginRun, importPrices, heldPrice } = connect()
		const run = await beginRun('careful', 10)
		await importPrices('careful', { FEED: 1_000 }, run)
		const { held } = await importPrices('careful', { FEED: 1_101 }, run)
		expect(held).toMatchObject([{ rule: 'PRICE_ROSE' }])
		expect(await heldPrice('FEED')).toMatchObject({ figures: { maxPriceChangePercent: 10 } })
	})

	test('a request that only validates tells that a price would be held, and holds nothing', async () => {
		const { importPrices, import: importOne, heldPrices } = connect()
		await importPrices('acme', { DRY: 1_000 })
		const upserts = [{ product: product({ sku: 'DRY', price: { currencyCode: 'EUR', amountMinor: 1 } }) }]
		const response = await importOne({ source: 'acme', validateOnly: true, upserts })
		expect(response.held).toMatchObject([{ rule: 'PRICE_FELL' }])
		expect((await heldPrices({ sku: 'DRY' })).heldPrices).toEqual([])
	})

	test('the prices of other sources are opinions about a held price', async () => {
		const { importPrices, heldPrice, price } = await holdPrice('OPINION')
		const { failures } = await importPrices('other', { OPINION: 980 })
		await importPrices('other', { OPINION: 990 })
		expect(failures).toMatchObject([{ reason: 'OTHER_SOURCE' }])
		expect((await heldPrice('OPINION')).opinions).toMatchObject([{ source: 'other', price: { amountMinor: 990 } }])
		expect(await price('OPINION')).toBe(1_000)
	})

	test('an approved price is the price of the product, at once and as a new version', async () => {
		const { hold, resolve, price, heldPrices } = await holdPrice('APPROVE')
		const before = await catalog.get('APPROVE')
		expect(await resolve(hold.id, 100, 'HOLD_RESOLUTION_APPROVE')).toEqual({
			sku: 'APPROVE',
			price: { currencyCode: 'EUR', amountMinor: 100 },
		})
		expect(await price('APPROVE')).toBe(100)
		expect((await catalog.get('APPROVE')).etag).not.toBe(before.etag)
		expect((await heldPrices({ sku: 'APPROVE' })).heldPrices).toEqual([])
	})

	test('a rejected price is neither applied nor held again while the source sends it', async () => {
		const { hold, resolve, importPrices, heldPrices, price } = await holdPrice('REJECT')
		expect(await resolve(hold.id, 100, 'HOLD_RESOLUTION_REJECT')).toMatchObject({ price: { amountMinor: 1_000 } })
		expect(await importPrices('acme', { REJECT: 100 })).toMatchObject({ unchangedCount: 1, held: [] })
		expect((await heldPrices({ sku: 'REJECT' })).heldPrices).toEqual([])
		expect(await price('REJECT')).toBe(1_000)
	})

	test('after another price of the source, a rejected price is held again', async () => {
		const { hold, resolve, importPrices } = await holdPrice('ANEW')
		await resolve(hold.id, 100, 'HOLD_RESOLUTION_REJECT')
		expect(await importPrices('acme', { ANEW: 1_000 })).toMatchObject({ unchangedCount: 1 })
		const { held } = await importPrices('acme', { ANEW: 100 })
		expect(held).toHaveLength(1)
		expect(held[0]?.holdId).not.toBe(hold.id)
	})

	test.each(['APPROVE', 'REJECT'] as const)(
		'the resolution %s again changes nothing, and the other one is refused',
		async (one) => {
			const other = one === 'APPROVE' ? 'REJECT' : 'APPROVE'
			const sku = `TWICE-${one}`
			const { hold, resolve } = await holdPrice(sku)
			const answer = await resolve(hold.id, 100, `HOLD_RESOLUTION_${one}`)
			const { etag } = await catalog.get(sku)
			expect(await resolve(hold.id, 100, `HOLD_RESOLUTION_${one}`)).toEqual(answer)
			expect((await catalog.get(sku)).etag).toBe(etag)
			expect(await errorOf(resolve(hold.id, 100, `HOLD_RESOLUTION_${other}`))).toMatchObject({
				code: 10,
				reason: 'HOLD_CHANGED',
				metadata: { holdId: hold.id, state: one === 'APPROVE' ? 'approved' : 'rejected' },
			})
		},
	)

	test('a resolution of a price that the hold no longer has is refused', async () => {
		const { hold, resolve, importPrices, price } = await holdPrice('STALE')
		await importPrices('acme', { STALE: 200 })
		expect(await errorOf(resolve(hold.id, 100, 'HOLD_RESOLUTION_APPROVE'))).toMatchObject({
			reason: 'HOLD_CHANGED',
			metadata: { state: 'open' },
		})
		expect(await price('STALE')).toBe(1_000)
	})

	test('a hold ends when the shop itself gives the product the held price', async () => {
		const { hold, resolve, heldPrices } = await holdPrice('SHOP')
		await catalog.update({ sku: 'SHOP', price: { currencyCode: 'EUR', amountMinor: 100 } }, ['price'])
		expect((await heldPrices({ sku: 'SHOP' })).heldPrices).toEqual([])
		expect(await errorOf(resolve(hold.id, 100, 'HOLD_RESOLUTION_REJECT'))).toMatchObject({
			reason: 'HOLD_CHANGED',
			metadata: { state: 'withdrawn' },
		})
	})

	test('a hold stays when the shop itself gives the product another price', async () => {
		const { hold, heldPrice } = await holdPrice('SHOP-2')
		await catalog.update({ sku: 'SHOP-2', price: { currencyCode: 'EUR', amountMinor: 800 } }, ['price'])
		expect(await heldPrice('SHOP-2')).toMatchObject({
			id: hold.id,
			oldPrice: { amountMinor: 1_000 },
			currentPrice: { amountMinor: 800 },
		})
	})

	test('held prices come in pages, the oldest first, and of one source if it is asked for', async () => {
		const { importPrices, heldPrices } = connect()
		const skus = ['P1', 'P2', 'P3', 'P4', 'P5']
		const priced = (amount: number) => Object.fromEntries(skus.map((sku) => [sku, amount]))
		await importPrices('paged', priced(1_000))
		await importPrices('paged', priced(1))
		const found: string[] = []
		let pageToken = ''
		do {
			const page = await heldPrices({ source: 'paged', pageSize: 2, pageToken })
			expect(page.heldPrices.length).toBeLessThanOrEqual(2)
			found.push(...page.heldPrices.map(({ sku }) => sku))
			pageToken = page.nextPageToken
			if (pageToken !== '') {
				expect(await errorOf(heldPrices({ source: 'acme', pageToken }))).toMatchObject({ reason: 'PAGE_TOKEN_INVALID' })
			}
		} while (pageToken !== '')
		expect(found.sort()).toEqual(skus)
		expect((await heldPrices({ source: 'nobody' })).heldPrices).toEqual([])
	})

	test('holds and their ends are counted by rule', async () => {
		const count = (outcome: string) => metric('mercat_held_prices_total', { rule: 'PRICE_FELL', outcome })
		const before = await Promise.all([count('held'), count('approved')])
		const { hold, resolve } = await holdPrice('COUNTED')
		await resolve(hold.id, 100, 'HOLD_RESOLUTION_APPROVE')
		await resolve(hold.id, 100, 'HOLD_RESOLUTION_APPROVE')
		expect(await Promise.all([count('held'), count('approved')])).toEqual(before.map((number) => number + 1))
	})

	test('a resolution names a hold, its price and what becomes of it', async () => {
		const { resolve } = connect()
		const refusals = [
			[
				() => resolve(nowhere, 1, 'HOLD_RESOLUTION_APPROVE'),
				{ code: 5, reason: 'HOLD_NOT_FOUND', metadata: { holdId: nowhere } },
			],
			[
				() => resolve('7', 1, 'HOLD_RESOLUTION_APPROVE'),
				{ reason: 'INVALID_REQUEST', fieldViolations: [{ field: 'hold_id' }] },
			],
			[() => resolve(nowhere, -1, 'HOLD_RESOLUTION_APPROVE'), { fieldViolations: [{ field: 'price.amount_minor' }] }],
			[() => resolve(nowhere, 1, 'HOLD_RESOLUTION_UNSPECIFIED'), { fieldViolations: [{ field: 'resolution' }] }],
		] as const
		for (const [call, refusal] of refusals) expect(await errorOf(call())).toMatchObject(refusal)
		const reader = feedCalls(catalog, tokenFor('stock:reserve'))
		expect(await errorOf(reader.heldPrices())).toMatchObject({ reason: 'SCOPE_MISSING' })
	})
})
