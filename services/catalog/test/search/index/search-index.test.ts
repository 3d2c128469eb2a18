import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { doc } from './index-in.ts'
import { openIndex } from './open-index.ts'

describe.each(engines)('on %s', (engine) => {
	let index: Awaited<ReturnType<typeof openIndex>>
	beforeAll(async () => {
		index = await openIndex(engine)
	})
	afterAll(() => index[Symbol.asyncDispose]())
	beforeEach(async () => {
		await index.database.query('truncate search_segment, search_posting, search_word')
	})

	test('a read finds the docs of each token with their places, before and after they are folded', async () => {
		const reader = index.reader()
		await index.write(doc(1, { mug: [0, 13], red: [8] }), doc(7, { mug: [16] }))
		await index.write(doc(4, { mug: [0], größe: [24] }))
		const expected = { mug: { 1: [0, 13], 4: [0], 7: [16] }, größe: { 4: [24] } }
		expect(await reader.find('mug', 'größe', 'missing')).toEqual(expected)
		expect(await index.fold()).toMatchObject({ segments: 2, docs: 3 })
		expect(await reader.find('mug', 'größe', 'missing')).toEqual(expected)
		await index.write(doc(9, { mug: [40] }))
		expect(await reader.find('mug')).toEqual({ mug: { ...expected.mug, 9: [40] } })
		expect(await index.reader().find('mug')).toEqual({ mug: { ...expected.mug, 9: [40] } })
	})

	test('a beginning gives its first tokens of segments and postings together, with all of their postings', async () => {
		await index.write(doc(1, { '#kt1': [3], '#kt3': [3] }), doc(2, { '#kt5': [3], '#ku1': [3] }))
		await index.fold()
		await index.write(doc(3, { '#kt2': [3], '#kt3': [3] }), doc(4, { '#kt4': [3], '#k': [3] }))
		const { read } = index.reader()
		const answer = await read({
			tokens: ['#kt5'],
			beginnings: [
				{ beginning: '#kt', most: 3 },
				{ beginning: '#ku', most: 3 },
			],
		})
		expect(answer.tokensOf).toEqual(
			new Map([
				['#kt', ['#kt1', '#kt2', '#kt3']],
				['#ku', ['#ku1']],
			]),
		)
		const docsOf = [...answer.postings].map(([token, parts]) => [token, parts.flatMap(({ docs }) => [...docs]).sort()])
		expect(Object.fromEntries(docsOf)).toEqual({ '#kt1': [1], '#kt2': [3], '#kt3': [1, 3], '#kt5': [2], '#ku1': [2] })
	})

	test('a fold adds to the vocabulary how many docs have a word, and leaves skus out', async () => {
		await index.write(doc(1, { mug: [0, 8], '#a1': [3] }), doc(2, { mug: [0], '*mug': [0] }))
		await index.fold()
		await index.write(doc(3, { mug: [0] }))
		await index.fold()
		expect(await index.database.query('select word, docs, rows from search_word order by word')).toEqual([
			{ word: '*mug', docs: 1, rows: 1 },
			{ word: 'mug', docs: 3, rows: 2 },
		])
	})

	test('a reader without memory for segments reads them each time and finds the same', async () => {
		await index.write(doc(1, { mug: [0] }))
		await index.write(doc(2, { mug: [0] }))
		const { find } = index.reader({ mostSegmentBytes: 0 })
		expect(await find('mug')).toEqual({ mug: { 1: [0], 2: [0] } })
		expect(await find('mug')).toEqual({ mug: { 1: [0], 2: [0] } })
	})

	test('the tokens of a segment are told when it is read for the first time', async () => {
		const told: [string, number][][] = []
		const { find } = index.reader({ onSegment: (tokens) => told.push(tokens) })
		await index.write(doc(1, { mug: [0] }), doc(2, { mug: [0], red: [8] }))
		await find('other')
		await find('other')
		expect(told).toEqual([
			[
				['mug', 2],
				['red', 1],
			],
		])
	})

	test('many rows of a token become few, and the docs that no search needs are left out', async () => {
		for (let number = 1; number <= 20; number++) {
			await index.write(doc(number, { mug: [number], '#same': [3], [`only${number}`]: [0] }))
			await index.fold()
		}
		await index.write(doc(21, { mug: [21], '#same': [3] }))
		const fold = await index.fold()
		expect(fold?.crowdedTokens.toSorted()).toEqual(['#same', 'mug'])
		await index.compact(['#same', 'mug', 'only1', 'only2'], async () => (number) => number > 2)
		const rows = 'select token, count(*)::integer as rows from search_posting where token = any($1) group by token'
		expect(await index.database.query(`${rows} order by token`, [['#same', 'mug', 'only1']])).toEqual([
			{ token: '#same', rows: 1 },
			{ token: 'mug', rows: 1 },
			{ token: 'only1', rows: 1 },
		])
		const { mug } = await index.reader().find('mug')
		expect(Object.keys(mug ?? {}).map(Number)).toEqual(Array.from({ length: 19 }, (_, n) => n + 3))
		expect(await index.database.query("select docs, rows from search_word where word = 'mug'")).toEqual([
			{ docs: 19, rows: 1 },
		])
	})

	test('a segment that is folded while a search is about to load it is found in the postings', async () => {
		await index.write(doc(1, { mug: [0] }))
		let loads = 0
		const { find } = index.reader({}, () => ++loads === 1 && index.fold())
		expect(await find('mug')).toEqual({ mug: { 1: [0] } })
		expect(loads).toBe(1)
	})

	test('a segment is loaded once, and leaves the memory when it is folded', async () => {
		const tokens = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`word${n}`, [n * 8]]))
		let loads = 0
		const { find } = index.reader({ mostSegmentBytes: 8_000 }, () => loads++)
		for (let number = 1; number <= 3; number++) {
			// Two of these have no room at the same time.
			await index.write(doc(number, tokens))
			await find('word1')
			expect(Object.keys((await find('word1'))['word1'] ?? {})).toHaveLength(number)
			expect(loads).toBe(number)
			await index.fold()
		}
	})

	test('searches at the same moment share a statement, and each finds its own tokens', async () => {
		const many = Array.from({ length: 300 }, (_, n) => doc(10 + n, { mug: [0] }))
		await index.write(doc(1, { red: [8], '#kt1': [3], '#ku1': [3] }), ...many)
		await index.fold()
		let statements = 0
		const { find, read } = index.reader({}, undefined, () => statements++)
		// The reader knows the long row of this word, and the other searches do not ask for it.
		await find('mug')
		const beginnings = [{ beginning: '#kt', most: 3 }]
		const [mugs, reds, others, skus] = await Promise.all([
			find('mug'),
			find('red', 'missing'),
			find('red'),
			read({ tokens: [], beginnings }),
		])
		expect(statements).toBe(2)
		expect(Object.keys(mugs)).toEqual(['mug'])
		expect(Object.keys(mugs['mug'] ?? {})).toHaveLength(300)
		expect([reds, others]).toEqual([{ red: { 1: [8] } }, { red: { 1: [8] } }])
		expect([...skus.postings.keys()]).toEqual(['#kt1'])
	})

	test('a compaction that another one overtakes changes nothing', async () => {
		for (let number = 1; number <= 4; number++) {
			await index.write(doc(number, { mug: [number] }))
			await index.fold()
		}
		await index.compact(['mug'], async () => {
			await index.compact(['mug'])
			return () => false
		})
		expect(await index.reader().find('mug')).toEqual({ mug: { 1: [1], 2: [2], 3: [3], 4: [4] } })
		expect(await index.database.query('select docs, rows from search_word')).toEqual([{ docs: 4, rows: 1 }])
	})
})
