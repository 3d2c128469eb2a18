import type { ApplyPricesResponse } from '@mercat/catalog-api/messages/ApplyPricesResponse'
import { openDatabase } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { newTraceContext } from '@mercat/service/trace-context'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase, type Engine, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createFeedListStore } from '../../src/feeds/feed-list-store.ts'
import { createFeedRunStore } from '../../src/feeds/feed-run-store.ts'
import { expireHolds } from '../../src/held-prices/expire-holds.ts'
import { createHeldPriceStore } from '../../src/held-prices/held-price-store.ts'
import { createImportStore } from '../../src/importing/import-store.ts'
import { createApplyPricesStore } from '../../src/prices/applying/apply-prices-store.ts'
import { createTextIndex } from '../../src/search/indexing/text-index-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'
import { feedCalls } from '../feed-calls.ts'
import { metric } from '../metric.ts'
import { priceCalls } from '../price-calls.ts'
import { startCatalogOn } from '../start-catalog.ts'

const inEuros = (amountMinor: number) => ({ currency: 'EUR', amountMinor })
const endHolds = "update held_price set until = now() - interval '1 second' where state = 'open'"
const everything = { source: '', sku: '', after: undefined, size: 10 }

/** The product CUP for 1.00 EUR, for which its source "acme" has 1.10 EUR held, and the end of this hold has passed. */
async function openExpired(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openCatalogDatabase(engine, ['CUP', 'POT']))
	await database.query("update product set price_source = 'acme', content_source = 'acme'")
	const heldPrices = createHeldPriceStore(database)
	const { apply } = createApplyPricesStore(database)
	let sequence = 0
	async function send(amountMinor: number, { isHeld = true, source = 'acme' } = {}) {
		const hold = isHeld ? { rule: 'STALE', figures: {}, until: new Date('2100-01-01') } : undefined
		sequence++
		const applied = await apply({ source, sequence, prices: [{ sku: 'CUP', price: inEuros(amountMinor), hold }] })
		const [outcome] = applied.kind === 'tooLate' ? [] : applied.outcomes
		return outcome as NonNullable<ApplyPricesResponse['outcomes']>[number]
	}
	const { holdId = '' } = await send(110)
	await database.query(endHolds)
	const states = () => database.query('select id, state, resolved_by as who from held_price order by since')
	const resources = opened.move()
	return { database, heldPrices, send, holdId, states, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe.each(engines)('On %s, a hold that is past its end', (engine) => {
	test('is not listed and not counted, also while its row is open', async () => {
		await using expired = await openExpired(engine)
		const { database, heldPrices, states } = expired
		expect(await states()).toMatchObject([{ state: 'open' }])
		expect(await heldPrices.listHolds(everything)).toEqual([])
		expect(await createFeedListStore(database).readGauges(10)).toMatchObject({ heldPrices: 0 })
		expect(await createFeedRunStore(database).begin('acme', 50)).toMatchObject({ heldPrices: 0 })
		expect(await createFeedListStore(database).listFeeds('', 10)).toMatchObject([{ name: 'acme', heldPrices: 0 }])
	})

	test.each(['approved', 'rejected'] as const)(
		'cannot be %s any more, and its price is never applied',
		async (decision) => {
			await using expired = await openExpired(engine)
			const { database, heldPrices, holdId } = expired
			const decided = { holdId, decision, price: inEuros(110), who: 'tester' }
			expect(await heldPrices.decide(decided)).toEqual({ kind: 'tooLate', state: 'expired' })
			await expireHolds(heldPrices)
			expect(await heldPrices.decide(decided)).toEqual({ kind: 'tooLate', state: 'expired' })
			expect(await database.query("select amount_minor as amount from product where sku = 'CUP'")).toEqual([
				{ amount: 100 },
			])
		},
	)

	test('is ended once by the task, and counted', async () => {
		await using expired = await openExpired(engine)
		const { heldPrices, holdId, states } = expired
		const count = () => metric('mercat_held_prices_total', { rule: 'other', outcome: 'expired' })
		const before = await count()
		await Promise.all([expireHolds(heldPrices), expireHolds(heldPrices)])
		expect(await states()).toEqual([{ id: holdId, state: 'expired', who: null }])
		expect(await count()).toBe(before + 1)
	})

	test('leaves a hold alone that has no end, or ends later', async () => {
		await using expired = await openExpired(engine)
		const { heldPrices, send, states, database } = expired
		await expireHolds(heldPrices)
		const { holdId } = await send(110)
		await expireHolds(heldPrices)
		await database.query("update held_price set until = null where state = 'open'")
		await expireHolds(heldPrices)
		expect(await states()).toMatchObject([{ state: 'expired' }, { id: holdId, state: 'open' }])
		expect(await heldPrices.listHolds(everything)).toMatchObject([{ id: holdId }])
	})

	test('makes room for a new one when its source sends the price again', async () => {
		await using expired = await openExpired(engine)
		const { send, holdId, states } = expired
		const again = await send(110)
		expect(again).toMatchObject({ result: 'RESULT_HELD' })
		expect(again.holdId).not.toBe(holdId)
		expect(await states()).toMatchObject([
			{ id: holdId, state: 'expired' },
			{ id: again.holdId, state: 'open' },
		])
	})

	test('hears no opinions', async () => {
		await using expired = await openExpired(engine)
		const { send, database } = expired
		expect(await send(120, { source: 'nordic' })).toMatchObject({ result: 'RESULT_OTHER_SOURCE' })
		expect(await database.query('select opinions from held_price')).toEqual([{ opinions: {} }])
	})

	test('is no reason for an import to hold a price', async () => {
		await using expired = await openExpired(engine)
		const { database, states } = expired
		const imports = createImportStore(database, createTextIndex())
		const trace = newTraceContext()
		const view = await imports.readView(['CUP', 'POT'], { source: 'acme', runNumber: 0, trace })
		expect(view.holdFacts).toMatchObject({ holds: [], expired: [{ sku: 'CUP', rule: 'STALE' }] })
		await imports.importTransaction(
			({ writeHolds }) => writeHolds({ ...noWrites, expired: [...view.holdFacts.expired] }),
			trace,
		)
		expect(await states()).toMatchObject([{ state: 'expired' }])
	})
})

const noWrites = { held: [], renewed: [], withdrawn: [], opinions: [], lapsed: [] }

test('the task skips a product that another transaction has locked, and comes back to it', async () => {
	await using expired = await openExpired('postgres')
	const { database, heldPrices, states } = expired
	await database.transaction(async (transaction) => {
		await transaction.query("select from product where sku = 'CUP' for update")
		await expireHolds(heldPrices)
	}, budgetForEach(10_000))
	expect(await states()).toMatchObject([{ state: 'open' }])
	await expireHolds(heldPrices)
	expect(await states()).toMatchObject([{ state: 'expired' }])
})

test('a running catalog ends holds by itself', async () => {
	await using created = await createTestDatabase('postgres')
	await using catalog = await startCatalogOn(created.url)
	await using database = await openDatabase(created.url)
	const { importPrices } = feedCalls(catalog)
	await importPrices('acme', { CUP: 1_000 })
	await priceCalls(catalog).apply('acme', 1, { CUP: 1_100 }, { rule: 'STALE', until: { seconds: 4_000_000_000 } })
	await database.query(endHolds)
	await eventually(
		async () => expect(await database.query('select state from held_price')).toEqual([{ state: 'expired' }]),
		{ interval: 100 },
	)
})
