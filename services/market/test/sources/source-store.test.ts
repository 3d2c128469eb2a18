import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createSourceStore } from '../../src/sources/source-store.ts'
import { openEmptyDatabase } from '../empty-database.ts'

const beginning = { foldedSeq: null, block: 0, applySequence: 0 }

describe.each(engines)('the store of sources on %s', (engine) => {
	test('a new source begins at its beginning, and keeps its place when it is added again', async () => {
		await using opened = await openEmptyDatabase(engine)
		const { database } = opened
		const sources = createSourceStore(database)
		const owner = randomUUID()
		await sources.addSources(['metals'])
		expect(await sources.claim('metals', owner)).toEqual(beginning)
		await database.query('update source set folded_seq = 7, block = 2, apply_sequence = 3')
		await sources.addSources(['metals', 'oil'])
		await sources.release('metals', owner)
		expect(await sources.claim('metals', owner)).toEqual({ foldedSeq: 7, block: 2, applySequence: 3 })
		expect(await sources.claim('oil', owner)).toEqual(beginning)
	})

	test('a source has one owner, until it is given back', async () => {
		await using opened = await openEmptyDatabase(engine)
		const sources = createSourceStore({ query: opened.database.query, engine: 'postgres' })
		const [one, other] = [randomUUID(), randomUUID()]
		await sources.addSources(['metals'])
		await sources.claim('metals', one)
		expect(await sources.claim('metals', other)).toBeUndefined()
		expect(await sources.renew('metals', one)).toBe(true)
		expect(await sources.renew('metals', other)).toBe(false)
		await sources.release('metals', other)
		expect(await sources.claim('metals', other)).toBeUndefined()
		await sources.release('metals', one)
		expect(await sources.claim('metals', other)).toEqual(beginning)
		expect(await sources.renew('metals', one)).toBe(false)
	})

	test('a source whose lease is over goes to another owner; without one its owner keeps it', async () => {
		await using opened = await openEmptyDatabase(engine)
		const sources = createSourceStore({ query: opened.database.query, engine: 'postgres' })
		const [one, other] = [randomUUID(), randomUUID()]
		const endLease = () => opened.database.query("update source set owned_until = now() - interval '1 ms'")
		await sources.addSources(['metals'])
		await sources.claim('metals', one)
		await endLease()
		expect(await sources.renew('metals', one)).toBe(true)
		expect(await sources.claim('metals', other)).toBeUndefined()
		await endLease()
		expect(await sources.claim('metals', other)).toEqual(beginning)
		expect(await sources.renew('metals', one)).toBe(false)
	})
})

test('on the embedded database a new process takes a source at once: the one before is gone', async () => {
	await using opened = await openEmptyDatabase('pglite')
	const sources = createSourceStore(opened.database)
	await sources.addSources(['metals'])
	await sources.claim('metals', randomUUID())
	expect(await sources.claim('metals', randomUUID())).toEqual(beginning)
})
