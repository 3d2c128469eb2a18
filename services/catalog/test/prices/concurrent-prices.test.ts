import { type Database, openDatabase } from '@mercat/database/database'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { waitForLocks } from '../catalog-database.ts'
import { feedCalls } from '../feed-calls.ts'
import { type Cents, priceCalls } from '../price-calls.ts'
import { startCatalogOn } from '../start-catalog.ts'

const skus = ['A', 'B', 'C', 'D', 'E', 'F']

/** Two replicas of a catalog on PostgreSQL, each with its calls. The products belong to the source "acme", and cost 10.00 EUR. */
async function startReplicas() {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase('postgres'))
	const catalogs = [opened.use(await startCatalogOn(url)), opened.use(await startCatalogOn(url))] as const
	const [one, other] = catalogs.map((catalog) => ({ ...feedCalls(catalog), ...priceCalls(catalog), ...catalog }))
	const database = opened.use(await openDatabase(url))
	if (one === undefined || other === undefined) throw new Error('no replicas')
	await one.importPrices('acme', Object.fromEntries(skus.map((sku) => [sku, 1_000])))
	// The first call of a source waits in another way than all later ones.
	await one.apply('acme', 1, { F: 1_000 })
	const resources = opened.move()
	return { one, other, database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Locks all products, starts one call after the other, and then lets both go on. */
async function atOnce<T>(database: Database, calls: (() => Promise<T>)[]): Promise<T[]> {
	const underWay = await database.transaction(async (transaction) => {
		await transaction.query('select from product for update')
		const answers: Promise<T>[] = []
		for (const [index, call] of calls.entries()) {
			answers.push(call())
			await waitForLocks(database, index + 1)
		}
		return { answers }
	})
	return Promise.all(underWay.answers)
}

/** Products whose ended prices are no chain that ends when the present price begins. */
function brokenChains(database: Database) {
	return database.query(`
		select sku from product left join lateral (
			select max(ended_at) as last, count(*) filter (where began_at <> previous) as gaps from (
				select began_at, ended_at, lag(ended_at) over (order by ended_at) as previous
				from price_change where price_change.sku = product.sku
			) as ended
		) as chain on true
		where gaps > 0 or last is distinct from price_began_at`)
}

const endedPrices = (database: Database) =>
	database.query('select sku, amount_minor as amount from price_change order by sku, ended_at')

test('of two calls with one sequence at two replicas, one is applied, and both have its outcomes', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	const [first, second] = await atOnce(database, [
		() => one.apply('acme', 2, { A: 1_100, B: 10 }),
		() => other.apply('acme', 2, { A: 1_100, B: 10 }),
	])
	expect(first?.outcomes).toMatchObject([{ result: 'RESULT_APPLIED' }, { result: 'RESULT_HELD' }])
	expect(second).toEqual(first)
	expect(await endedPrices(database)).toEqual([{ sku: 'A', amount: 1_000 }])
	expect(await database.query('select from held_price')).toHaveLength(1)
})

test('of two first calls of a source with one sequence, one is applied, and both have its outcomes', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	await one.importPrices('nordic', { N: 1_000 })
	const [first, second] = await atOnce(database, [
		() => one.apply('nordic', 1, { N: 1_100 }),
		() => other.apply('nordic', 1, { N: 1_100 }),
	])
	expect(first?.outcomes).toMatchObject([{ result: 'RESULT_APPLIED' }])
	expect(second).toEqual(first)
})

test('of two sequences at once, the older one changes nothing when the later one was first', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	const answers = await atOnce(database, [
		() => one.apply('acme', 3, { A: 1_200 }),
		() => other.apply('acme', 2, { A: 1_100 }),
	])
	expect(answers).toMatchObject([{ lastSequence: 3 }, { outcomes: [], lastSequence: 3 }])
	expect(await one.price('A')).toBe(1_200)
})

test('calls of two sources at once are both applied, each to its own products', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	await one.importPrices('nordic', { N: 1_000 })
	const answers = await atOnce(database, [
		() => one.results('acme', 2, { A: 1_100, N: 1_100 }),
		() => other.results('nordic', 1, { N: 1_200, A: 1_200 }),
	])
	expect(answers).toEqual([
		['APPLIED', 'OTHER_SOURCE'],
		['APPLIED', 'OTHER_SOURCE'],
	])
	expect([await one.price('A'), await one.price('N')]).toEqual([1_100, 1_200])
})

test('an update that waits for an applied price does not write the old one back', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	const read = await other.get('A')
	await atOnce<unknown>(database, [
		() => one.apply('acme', 2, { A: 1_100 }),
		() => other.update({ ...read, title: 'Another title' }),
	])
	expect(await one.batchGet(['A'])).toMatchObject({
		products: [{ title: 'Another title', price: { amountMinor: 1_100 } }],
	})
	expect(await endedPrices(database)).toEqual([{ sku: 'A', amount: 1_000 }])
})

test('a price that is approved while the source sends another one is refused, or is the price before it', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	await one.apply('acme', 2, { A: 10 })
	const hold = await one.heldPrice('A')
	const [, resolved] = await atOnce<unknown>(database, [
		() => one.apply('acme', 3, { A: 1_100 }),
		() => other.resolve(hold.id, 10, 'HOLD_RESOLUTION_APPROVE').catch((error) => error),
	])
	expect(resolved).toMatchObject({ code: 10 })
	expect(await one.price('A')).toBe(1_100)
})

test('writers of all kinds at once neither deadlock nor leave a gap in the history', async () => {
	await using replicas = await startReplicas()
	const { one, other, database } = replicas
	const centsAt = (round: number, names: readonly string[]): Cents =>
		Object.fromEntries(names.map((sku, index) => [sku, 900 + ((round * 37 + index * 11) % 200)]))
	const backwards = [...skus].reverse()
	for (let round = 1; round <= 15; round++) {
		const price = { currencyCode: 'EUR', amountMinor: 950 + round }
		const calls = [
			one.apply('acme', 2 * round, centsAt(round, backwards)),
			other.apply('acme', 2 * round + 1, centsAt(round + 3, skus)),
			other.apply('nordic', round, centsAt(round, backwards)),
			one.importPrices('acme', centsAt(round + 7, skus)),
			other.importPrices('', centsAt(round + 9, backwards)),
			one.update({ sku: 'C', title: `Title ${round}`, price }, ['title', 'price']),
			// A price that is held, and then decided.
			other.importPrices('acme', { D: 5 }).then(({ held: [held] }) => {
				if (held === undefined) return undefined
				const resolution = round % 3 === 0 ? 'HOLD_RESOLUTION_APPROVE' : 'HOLD_RESOLUTION_REJECT'
				return one.resolve(held.holdId, 5, resolution)
			}),
		]
		const refusals = (await Promise.allSettled(calls)).flatMap((call) =>
			call.status === 'rejected' ? [call.reason] : [],
		)
		// ABORTED: another price of the source came before the decision.
		for (const refusal of refusals) expect(refusal).toMatchObject({ code: 10 })
	}
	expect((await endedPrices(database)).length).toBeGreaterThan(50)
	expect(await brokenChains(database)).toEqual([])
	// A session tells its deadlocks at its end, at the latest.
	await Promise.all([one.stop(), other.stop()])
	expect(await database.query('select deadlocks from pg_stat_database where datname = current_database()')).toEqual([
		{ deadlocks: 0 },
	])
})
