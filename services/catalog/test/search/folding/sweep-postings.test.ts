import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { foldWaiting } from '../../../src/search/folding/fold-waiting.ts'
import { doc } from '../index/index-in.ts'
import { openIndex } from '../index/open-index.ts'

type Index = Awaited<ReturnType<typeof openIndex>>

const livingFrom = (first: number) => async () => (number: number) => number >= first

describe.each(engines)('on %s', (engine) => {
	test('a sweep leaves dead docs out, and deletes words and rows that have no other', async () => {
		await using index = await openIndex(engine)
		await index.write(doc(1, { mug: [0], zorbal: [8], '#kt1': [3] }), doc(2, { mug: [0], cup: [8] }))
		await index.write(doc(3, { mug: [0], zorban: [8], '#kt1': [3] }))
		await index.fold()
		await index.die(1)
		await index.sweep(async () => (number) => number !== 1)
		expect(await words(index)).toEqual({ cup: 1, mug: 2, zorban: 1 })
		expect(await tokens(index)).toEqual(['#kt1', 'cup', 'mug', 'zorban'])
		expect(await index.reader().find('mug', '#kt1', 'zorbal')).toEqual({ mug: { 2: [0], 3: [0] }, '#kt1': { 3: [3] } })
	})

	test('nothing is read again before another doc dies', async () => {
		await using index = await openIndex(engine)
		await index.write(doc(1, { mug: [0] }), doc(2, { mug: [0] }))
		await index.fold()
		let asked = 0
		const knowDocs = async () => {
			asked++
			return (number: number) => number > 1
		}
		await index.sweep(knowDocs)
		expect(asked).toBe(0)
		await index.die(1)
		await index.sweep(knowDocs)
		const swept = asked
		expect(swept).toBeGreaterThan(0)
		await index.sweep(knowDocs)
		expect(asked).toBe(swept)
	})

	test('a sweep waits while its process does not know which docs are dead', async () => {
		await using index = await openIndex(engine)
		await index.write(doc(1, { mug: [0] }), doc(2, { cup: [0] }))
		await index.fold()
		await index.die(1)
		await index.sweep(async () => undefined)
		expect(await words(index)).toEqual({ cup: 1, mug: 1 })
		await index.sweep(livingFrom(2))
		expect(await words(index)).toEqual({ cup: 1 })
	})

	test('a sweep goes on where another process has left it, and each step is taken once', async () => {
		await using index = await openIndex(engine)
		const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`word${n}`, [0]]))
		await index.write(doc(1, many), doc(2, { cup: [0] }))
		await index.fold()
		await index.die(1)
		expect(await index.sweepStep(livingFrom(2))).toBe(true)
		const left = (await tokens(index)).length
		expect(left).toBeLessThan(121)
		expect(left).toBeGreaterThan(1)
		const step = await index.needs.takeStep({ stepMs: 60_000 })
		expect(step).toBeDefined()
		expect(await index.needs.takeStep({ stepMs: 60_000 })).toBeUndefined()
		expect(await index.needs.moveSweep({ token: '', firstDoc: 0 }, { token: 'zzz', firstDoc: 0 }, [])).toBe(false)
		await index.database.query("update search_sweep set next_at = '-infinity'")
		await index.sweep(livingFrom(2))
		expect(await tokens(index)).toEqual(['cup'])
	})

	test('a long row is written again only when many of its docs are dead', async () => {
		await using index = await openIndex(engine)
		const docs = Array.from({ length: 1_000 }, (_, n) => doc(n + 1, { mug: [0, 8, 16] }))
		await index.write(...docs)
		await index.fold()
		await index.die(1)
		await index.sweep(livingFrom(2))
		expect(await words(index)).toEqual({ mug: 1_000 })
		await index.die(...Array.from({ length: 200 }, (_, n) => n + 2))
		await index.sweep(livingFrom(202))
		expect(await words(index)).toEqual({ mug: 799 })
	})

	test('the index of one product stays small after 1,500 texts, each with a new word', {
		timeout: 240_000,
	}, async () => {
		await using index = await openIndex(engine)
		const text = (number: number) =>
			doc(number, { mug: [0], stoneware: [8], '#kt1': [3], [`fresh${number}`]: [16], [`new${number % 7}`]: [24] })
		const updates = 1_500
		for (let number = 1; number <= updates; number++) {
			await index.write(text(number))
			if (number > 1) await index.die(number - 1)
			if (number % 30 > 0) continue
			await foldWaiting({ ...index.needs, knowDocs: livingFrom(number) }, { manySegments: 1 })
			await index.sweepStep(livingFrom(number))
		}
		await index.sweep(livingFrom(updates))
		expect(await words(index)).toEqual({ mug: 1, stoneware: 1, fresh1500: 1, new2: 1 })
		expect(await tokens(index)).toHaveLength(5)
	})
})

async function words({ database }: Index): Promise<Record<string, number>> {
	const found = await database.query<{ word: string; docs: number }>('select word, docs from search_word order by word')
	return Object.fromEntries(found.map(({ word, docs }) => [word, docs]))
}

/** The token of each row. */
async function tokens({ database }: Index): Promise<string[]> {
	const rows = await database.query<{ token: string }>('select token from search_posting order by token, first_doc')
	return rows.map(({ token }) => token)
}
