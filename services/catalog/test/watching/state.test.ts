import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { Database } from '@mercat/database/database'
import type { Transaction } from '@mercat/database/queryable'
import { eventually } from '@mercat/testing/eventually'
import { randomOf, type SeededRandom } from '@mercat/testing/seeded-random'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type CatchUps, inShort, openCatchUps } from './open-catch-up.ts'

const setPrice = 'update product set amount_minor = amount_minor + 1, version = version + 1 where sku = $1'
const lockLog = 'select from product_change_log for update'
const behindAll = '~'

/** Runs a statement in a transaction that stays open until `commit` is called. */
async function keepOpen(database: Database, statement: string, values: unknown[] = []) {
	const ready = Promise.withResolvers<void>()
	const go = Promise.withResolvers<void>()
	const done = database.transaction(async (transaction: Transaction) => {
		await transaction.query(statement, values)
		ready.resolve()
		await go.promise
	})
	await Promise.race([ready.promise, done])
	return {
		async commit() {
			go.resolve()
			await done
		},
	}
}

const toldOf = (changes: ProductChange__Output[], sku: string) => changes.filter((it) => it.sku === sku).map(inShort)

type Stream = ReturnType<CatchUps['start']>

async function stepUntil(stream: Stream, isThere: () => boolean): Promise<void> {
	await eventually(async () => {
		while (!isThere()) if ((await stream.step()) !== 'told') break
		expect(isThere()).toBe(true)
	})
}

/** Steps to the end of the log. What the streams share follows the log a moment later, and a stream goes only so far. */
async function stepToEnd(stream: Stream, log: CatchUps['log']): Promise<void> {
	const { position } = await log.settle()
	await eventually(async () => {
		let step = await stream.step()
		while (step === 'told') step = await stream.step()
		expect({ step, position: stream.place().position }).toEqual({ step: 'done', position })
	})
}

test('a change that is committed while the state is told is told once, and no product goes back', async () => {
	await using catchUps = await openCatchUps('postgres')
	const { database, log } = catchUps
	const stream = catchUps.start()
	const late = await keepOpen(database, setPrice, ['P00'])
	// While the log is locked, changes are committed and have no positions.
	const lock = await keepOpen(database, lockLog)
	await database.query(setPrice, ['P01'])
	await stepUntil(stream, () => (stream.place().state?.through ?? '') >= 'P01')
	expect(stream.place().state?.through).not.toBe(behindAll)
	await late.commit()
	await database.query(setPrice, ['P02'])
	await database.query(setPrice, ['P39'])
	await lock.commit()
	await log.settle()
	await stepToEnd(stream, log)
	const changes = stream.changes()
	expect(toldOf(changes, 'P00')).toEqual(['state 100', 'change 101'])
	expect(toldOf(changes, 'P01')).toEqual(['state 101'])
	expect(toldOf(changes, 'P02')).toEqual(['state 100', 'change 101'])
	expect(toldOf(changes, 'P39')).toEqual(['state 101'])
	expect(toldOf(changes, 'P20')).toEqual(['state 100'])
})

describe.each(engines)('the state and the changes of 15 streams on %s', (engine) => {
	test.each([1, 2, 3, 4, 5])(
		'fit together whatever happens between their steps, and where they are cut: %i',
		async (seed) => {
			await using catchUps = await openCatchUps(engine)
			const random = randomOf(seed)
			for (let count = 0; count < 3; count++) await followAtRandom(catchUps, random)
		},
		120_000,
	)
})

async function followAtRandom(catchUps: CatchUps, random: SeededRandom): Promise<void> {
	const { database, skus } = catchUps
	const told: ProductChange__Output[] = []
	const open = new Map<string, { commit(): Promise<void> }>()
	const key = (sku: string) => (sku === '' ? 'log' : sku)
	let stream = catchUps.start()
	// The embedded database has one connection.
	const actions = database.engine === 'postgres' ? 9 : 6

	async function change(): Promise<void> {
		const sku = random.oneOf(skus)
		if (!open.has(sku)) await database.query(setPrice, [sku])
	}

	async function hold(sku: string): Promise<void> {
		if (open.has(key(sku)) || open.size > 3) return
		open.set(key(sku), await (sku === '' ? keepOpen(database, lockLog) : keepOpen(database, setPrice, [sku])))
	}

	async function release(): Promise<void> {
		const [name] = [...open.keys()].slice(random.below(Math.max(1, open.size)))
		if (name === undefined) return
		const held = open.get(name)
		open.delete(name)
		await held?.commit()
	}

	function cut(): void {
		if (stream.messages.length === 0) return
		const kept = 1 + random.below(stream.messages.length)
		told.push(...stream.messages.slice(0, kept).flatMap(({ changes }) => changes))
		stream = catchUps.start(stream.messages[kept - 1]?.resumeToken)
	}

	for (let count = 0; count < 60; count++) {
		const action = random.below(actions)
		if (action < 3) await stream.step()
		else if (action < 5) await change()
		else if (action === 5) {
			if (random.below(3) === 0) cut()
		} else if (action === 6) await hold(random.oneOf(skus))
		else if (action === 7) await hold('')
		else await release()
	}
	while (open.size > 0) await release()
	await stepToEnd(stream, catchUps.log)
	told.push(...stream.changes())

	const rows = await database.query<{ sku: string; amount: number }>('select sku, amount_minor as amount from product')
	for (const { sku, amount } of rows) {
		const ofSku = toldOf(told, sku)
		let last = 0
		for (const text of ofSku) {
			const [kind, value] = text.split(' ')
			if (kind === 'change' && last > 0) expect(Number(value), `${sku}: ${ofSku.join(', ')}`).toBe(last + 1)
			else expect(Number(value), `${sku}: ${ofSku.join(', ')}`).toBeGreaterThanOrEqual(last)
			last = Number(value)
		}
		expect(last, `${sku}: ${ofSku.join(', ')}`).toBe(amount)
	}
}
