import { status } from '@grpc/grpc-js'
import { openDatabase } from '@mercat/database/database'
import { register } from '@mercat/service/metrics'
import { readSamples, sumOf } from '@mercat/testing/read-samples'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { product, startCatalogOn, startTestCatalog, type TestCatalog, upserts } from '../start-catalog.ts'
import { copyOf, isInState, type Watch, watch } from './watch.ts'

const costing = (sku: string, amountMinor: number, description = '') =>
	product({ sku, description, price: { currencyCode: 'EUR', amountMinor } })

const expired = { code: status.OUT_OF_RANGE, reason: 'RESUME_TOKEN_EXPIRED' }
const productsOnly = { filter: { productsOnly: true } }

/** Changes that fill several responses. */
async function changeMany(catalog: TestCatalog): Promise<void> {
	const long = 'x'.repeat(4_000)
	for (const amount of [1, 2]) {
		await catalog.import([{ upserts: upserts(numbered(150).map((sku) => costing(sku, amount, long + amount))) }])
	}
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `N${index}`)

const changesFrom = (stream: Watch, message: number) => stream.messages.slice(message).flatMap(({ changes }) => changes)

describe.each(engines)('a stream of changes on %s', (engine) => {
	test('goes on after each of its messages with exactly the rest', async () => {
		await using catalog = await startTestCatalog(engine)
		const filters = [{ productsOnly: true }, { productsOnly: true, skus: ['N149', 'N5', 'N4', 'n11', 'N77'] }]
		for (const filter of filters) {
			await using uncut = watch(catalog, { filter })
			await uncut.until(({ messages }) => messages.length > 0)
			await changeMany(catalog)
			for (let amount = 3; amount < 8; amount++) {
				await catalog.update(costing(`N${amount}`, amount))
				const isTold = filter.skus === undefined || filter.skus.includes(`N${amount}`)
				if (isTold) await uncut.until((stream) => stream.told().at(-1) === `N${amount} product ${amount}`)
			}
			const isEnough = uncut.messages.length > (filter.skus === undefined ? 6 : 2)
			expect(isEnough).toBe(true)
			const check = async ({ resumeToken }: { resumeToken: string }, index: number) => {
				const rest = changesFrom(uncut, index + 1)
				await using resumed = watch(catalog, { filter, resumeToken })
				await resumed.until((stream) => stream.messages.length > 0 && stream.count() >= rest.length)
				expect(resumed.changes()).toEqual(rest)
			}
			await Promise.all(uncut.messages.map(check))
		}
	})

	test('that resumes in the middle of the state is told the rest of it, and its end', async () => {
		await using catalog = await startTestCatalog(engine)
		const long = 'x'.repeat(4_000)
		await catalog.import([
			{
				upserts: upserts(
					numbered(500).map((sku) => costing(sku, 1, long)),
					3,
				),
			},
		])
		await using uncut = watch(catalog, { sendInitialState: true })
		await uncut.until((it) => !isInState(it))
		const inState = uncut.messages.filter(({ initialStateComplete }) => !initialStateComplete)
		expect(inState.length).toBeGreaterThan(3)
		const check = async ({ resumeToken }: { resumeToken: string }, index: number) => {
			await using resumed = watch(catalog, { resumeToken })
			await resumed.until((it) => !isInState(it))
			const before = inState.slice(0, index + 1).flatMap(({ changes }) => changes)
			expect(copyOf([...before, ...resumed.changes()])).toEqual(copyOf(uncut.changes()))
		}
		await Promise.all(inState.map(check))
		await using done = watch(catalog, { resumeToken: uncut.token(), sendInitialState: true })
		await done.until(({ messages }) => messages.length > 0)
		await catalog.update(costing('N1', 2))
		await done.until((it) => it.toldProducts().length > 0)
		expect(done.toldProducts()).toEqual(['N1 product 2'])
		expect(isInState(done)).toBe(true)
	})

	test('ends at a shutdown with its place, and goes on with another process', async () => {
		await using database = await createTestDatabase(engine)
		let token: string
		{
			await using catalog = await startCatalogOn(database.url)
			await using stream = watch(catalog, { sendInitialState: true })
			await catalog.create(costing('A', 1))
			await stream.until((it) => it.told().includes('A product 1'))
			const startedAt = performance.now()
			await catalog.stop()
			expect(await stream.ended).toEqual({ code: status.OK })
			expect(performance.now() - startedAt).toBeLessThan(3_000)
			token = stream.token()
		}
		await using catalog = await startCatalogOn(database.url)
		await catalog.update(costing('A', 2))
		await using stream = watch(catalog, { resumeToken: token })
		await stream.until((it) => it.toldProducts().length > 0)
		expect(stream.toldProducts()).toEqual(['A product 2'])
	})

	test('is refused when changes after its token are deleted, and when the database no longer has the change of its token', async () => {
		await using testDatabase = await createTestDatabase(engine)
		const tokens: string[] = []
		{
			await using catalog = await startCatalogOn(testDatabase.url)
			await using stream = watch(catalog, productsOnly)
			await stream.until(({ messages }) => messages.length > 0)
			for (let amount = 1; amount <= 6; amount++) {
				if (amount === 1) await catalog.create(costing('A', amount))
				else await catalog.update(costing('A', amount))
				await stream.until((it) => it.told().length === amount)
				tokens.push(stream.token())
			}
			await using database = await catalog.stopAndOpenDatabase()
			await database.query('delete from product_change where position <= 2 or position > 4')
			await database.query('update product_change_log set last_position = 4')
		}
		await using catalog = await startCatalogOn(testDatabase.url)
		await catalog.update(costing('A', 7))
		await catalog.update(costing('A', 8))
		await catalog.update(costing('A', 9))
		const outcomes: unknown[] = []
		for (const resumeToken of tokens) {
			await using stream = watch(catalog, { ...productsOnly, resumeToken })
			const told = stream.until((it) => it.told().at(-1) === 'A product 9').then(() => stream.told())
			outcomes.push(await Promise.race([told, stream.ended.then(({ code, reason }) => ({ code, reason }))]))
			told.catch(() => {})
		}
		const rest = ['A product 7', 'A product 8', 'A product 9']
		expect(outcomes).toEqual([expired, expired, ['A product 4', ...rest], rest, expired, expired])
	})

	test('is told its place when nothing that it watches changes', async () => {
		await using catalog = await startTestCatalog(engine)
		await using stream = watch(catalog, { filter: { skus: ['other'], productsOnly: true } })
		await stream.until(({ messages }) => messages.length > 0)
		await catalog.create(costing('A', 1))
		await stream.until(({ messages }) => messages.length > 1)
		const [first, bookmark] = stream.messages
		expect(bookmark?.changes).toEqual([])
		expect(bookmark?.position).toBeGreaterThan(first?.position as number)
		expect(bookmark?.resumeToken).not.toBe(first?.resumeToken)
		expect(Number(bookmark?.asOf?.seconds)).toBeGreaterThan(Number(first?.asOf?.seconds))
	})
})

describe('streams of changes', () => {
	test('go on at another replica, which may know less of the log', async () => {
		await using catalog = await startTestCatalog('postgres')
		await using replica = await catalog.startReplica()
		let token = ''
		const told: string[] = []
		for (let amount = 1; amount <= 12; amount++) {
			const at = amount % 2 === 0 ? catalog : replica
			await using stream = watch(at, { ...productsOnly, resumeToken: token })
			await stream.until(({ messages }) => messages.length > 0)
			if (amount === 1) await catalog.create(costing('A', 1))
			else await replica.update(costing('A', amount))
			await stream.until((it) => it.told().length > 0)
			told.push(...stream.told())
			token = stream.token()
		}
		expect(told).toEqual(Array.from({ length: 12 }, (_, index) => `A product ${index + 1}`))
	})

	test('end when the database is put back, and a token of what it has lost is refused', async () => {
		await using testDatabase = await createTestDatabase('postgres')
		await using catalog = await startCatalogOn(testDatabase.url)
		await using database = await openDatabase(testDatabase.url)
		await using stream = watch(catalog, productsOnly)
		await stream.until(({ messages }) => messages.length > 0)
		await catalog.create(costing('A', 2))
		await stream.until((it) => it.told().length === 1)
		const kept = stream.token()
		await catalog.update(costing('A', 3))
		await stream.until((it) => it.told().length === 2)
		const lost = stream.token()
		await database.transaction(async (transaction) => {
			await transaction.query('lock table product_change_log')
			await transaction.query(
				'delete from product_change where position = (select last_position from product_change_log)',
			)
			await transaction.query('update product_change_log set last_position = last_position - 1')
			// The same position gets another entry before anyone looks.
			await transaction.query("update product set amount_minor = 30, version = version + 1 where sku = 'A'")
			await transaction.query(`update product_change set position = (select last_position + 1 from product_change_log)
				where position is null`)
			await transaction.query('update product_change_log set last_position = last_position + 1')
		})
		await catalog.update(costing('A', 4))
		expect(await stream.ended).toMatchObject({ code: status.OK })
		expect(stream.told()).toEqual(['A product 2', 'A product 3'])
		await using refused = watch(catalog, { ...productsOnly, resumeToken: lost })
		expect(await refused.ended).toMatchObject(expired)
		await using resumed = watch(catalog, { ...productsOnly, resumeToken: kept })
		await resumed.until((it) => it.told().length === 2)
		expect(resumed.told()).toEqual(['A product 30', 'A product 4'])
	})

	test('that come back at the same time, 200 of them, cost few statements', async () => {
		await using testDatabase = await createTestDatabase('postgres')
		const skus = numbered(25)
		let token: string
		{
			await using catalog = await startCatalogOn(testDatabase.url)
			await using stream = watch(catalog, productsOnly)
			await stream.until(({ messages }) => messages.length > 0)
			token = stream.token()
			for (let amount = 1; amount <= 20; amount++) {
				await catalog.import([{ upserts: upserts(skus.map((sku) => costing(sku, amount))) }])
			}
		}
		await using catalog = await startCatalogOn(testDatabase.url)
		const before = await statements()
		const streams = Array.from({ length: 200 }, () => watch(catalog, { ...productsOnly, resumeToken: token }))
		await Promise.all(streams.map((it) => it.until((stream) => stream.count() === 500)))
		const after = await statements()
		for (const stream of streams) stream.call.cancel()
		const counts = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
		const most = counts.filter(([, count]) => count > 15)
		// The writer and the look at the stock go on beside it.
		expect(most.filter(([name]) => /block|state|quantit|ends|places/.test(name))).toEqual([])
	})
})

/** How often each statement was sent so far. */
async function statements(): Promise<Record<string, number>> {
	const samples = readSamples(await register.metrics())
	return sumOf(samples, 'db_client_operation_duration_seconds_count', 'db_query_summary')
}
