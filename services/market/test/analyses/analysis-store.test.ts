import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import type { AnalysisRequest } from '../../src/analyses/analysis.ts'
import { createAnalysisStore } from '../../src/analyses/analysis-store.ts'
import type { JudgingResult } from '../../src/analyses/judging/judging-result.ts'
import { openEmptyDatabase } from '../empty-database.ts'
import { settingsWith } from './judged-ticks.ts'

const request: AnalysisRequest = {
	source: 'metals',
	from: new Date('2026-11-30T11:00:00.250Z'),
	to: new Date('2026-11-30T12:00:00Z'),
	settings: settingsWith({ threshold: 4, ceilingMinor: 20_000 }),
	createdBy: 'alice',
}
const result: JudgingResult = {
	ticks: 7,
	verdicts: { accepted: 6, late: 0, held: { OUTLIER: 1 }, refused: {} },
	verdictsBefore: { accepted: 7, late: 0, held: {}, refused: {} },
	different: 1,
	differences: [],
	missingBlocks: 0,
}
const limits = { mostWaiting: 10, mostKept: 100 }

/** The store, with analyses that are made one after the other. */
function storeOf(database: Database) {
	const store = createAnalysisStore(database)
	return {
		...store,
		async make(given = limits): Promise<string> {
			const id = randomUUID()
			expect(await store.create(id, request, given)).toMatchObject({ id, status: 'waiting' })
			return id
		},
		/** As if a process had died long ago. */
		lose: () => database.query("update analysis set owned_until = now() - interval '1 hour' where status = 'running'"),
	}
}

describe.each(engines)('the analyses on %s', (engine) => {
	test('are told as they were asked for, and with their result once they are done', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const id = await store.make()
		const waiting = await store.find(id)
		const { settings, ...rest } = request
		expect(waiting).toMatchObject({ ...rest, id, status: 'waiting', startedAt: null, endedAt: null, result: null })
		expect(waiting?.settings).toEqual(JSON.parse(JSON.stringify(settings)))

		const owner = randomUUID()
		expect(await store.claim(owner)).toMatchObject({ id, status: 'running', percent: 0 })
		expect(await store.keep(id, owner, { ticks: 3, percent: 42 })).toBe(true)
		expect(await store.find(id)).toMatchObject({ status: 'running', ticks: 3, percent: 42 })
		await store.finish(id, owner, result)
		const done = await store.find(id)
		expect(done).toMatchObject({ status: 'done', ticks: 7, percent: 100, result, reason: null })
		expect(done?.endedAt?.getTime()).toBeGreaterThanOrEqual(done?.startedAt?.getTime() ?? Number.NaN)
		expect(await store.list()).toMatchObject([{ id, status: 'done', result: null }])
		expect(await store.find(randomUUID())).toBeUndefined()
	})

	test('run one at a time, the oldest first, whichever process takes them', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const [first, second] = [await store.make(), await store.make()]
		const [one, other] = [randomUUID(), randomUUID()]
		expect((await store.claim(one))?.id).toBe(first)
		if (engine === 'postgres') expect(await store.claim(other)).toBeUndefined()
		expect(await store.claim(one)).toBeUndefined()
		await store.finish(first, one, result)
		expect((await store.claim(other))?.id).toBe(second)
	})

	test('wait at most ten at a time, also when many are asked for at once', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		for (let count = 0; count < 8; count++) await store.make()
		const made = await Promise.all(Array.from({ length: 4 }, () => store.create(randomUUID(), request, limits)))
		expect(made.filter((analysis) => analysis !== undefined)).toHaveLength(2)
		await store.claim(randomUUID())
		expect(await store.create(randomUUID(), request, limits)).toBeDefined()
	})

	test('can be cancelled while they wait or run, and then belong to no process', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const owner = randomUUID()
		const [running, waiting] = [await store.make(), await store.make()]
		await store.claim(owner)
		expect(await store.cancel(waiting)).toBe(true)
		expect(await store.cancel(running)).toBe(true)
		expect(await store.cancel(running)).toBe(false)
		expect(await store.keep(running, owner, { ticks: 1, percent: 1 })).toBe(false)
		await store.finish(running, owner, result)
		await store.fail(running, owner, 'It failed.')
		await store.giveBack(running, owner)
		expect(await store.list()).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }])
		expect(await store.claim(owner)).toBeUndefined()
	})

	test('have failed once their process is gone, at once for readers, and make room for the next one', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const [lost, next] = [await store.make(), await store.make()]
		const owner = randomUUID()
		await store.claim(owner)
		await store.lose()
		const failed = {
			id: lost,
			status: 'failed',
			reason: 'The process that ran it has ended.',
			endedAt: expect.any(Date),
		}
		expect(await store.find(lost)).toMatchObject(failed)
		expect(await store.cancel(lost)).toBe(false)
		expect((await store.claim(randomUUID()))?.id).toBe(next)
		expect(await store.find(lost)).toMatchObject(failed)
		expect(await store.keep(lost, owner, { ticks: 1, percent: 1 })).toBe(false)
	})

	test('are begun anew by the next process after one that stops', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const id = await store.make()
		const [one, other] = [randomUUID(), randomUUID()]
		await store.claim(one)
		await store.keep(id, one, { ticks: 5, percent: 50 })
		await store.giveBack(id, one)
		expect(await store.find(id)).toMatchObject({ status: 'waiting', startedAt: null, ticks: 0, percent: 0 })
		expect((await store.claim(other))?.id).toBe(id)
	})

	test('are kept up to a number, of which the oldest that are over go first', async () => {
		await using opened = await openEmptyDatabase(engine)
		const store = storeOf(opened.database)
		const owner = randomUUID()
		const oldest = await store.make()
		for (let count = 0; count < 4; count++) {
			const { id } = (await store.claim(owner))!
			await store.fail(id, owner, 'It failed.')
			await store.make({ ...limits, mostKept: 3 })
		}
		expect(await store.list()).toHaveLength(3)
		expect(await store.find(oldest)).toBeUndefined()
	})
})

test('an analysis of the process before has failed when the embedded database is opened again', async () => {
	await using opened = await openEmptyDatabase('pglite')
	const store = storeOf(opened.database)
	const id = await store.make()
	await store.claim(randomUUID())
	expect(await store.claim(randomUUID())).toBeUndefined()
	expect(await store.find(id)).toMatchObject({ status: 'failed' })
})
