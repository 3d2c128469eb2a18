import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { followWords } from '../../../src/search/vocabulary/follow-words.ts'
import { createVocabulary } from '../../../src/search/vocabulary/vocabulary.ts'
import { createVocabularyStore } from '../../../src/search/vocabulary/vocabulary-store.ts'
import { doc } from '../index/index-in.ts'
import { openIndex } from '../index/open-index.ts'

const livingFrom = (first: number) => async () => (number: number) => number >= first

describe.each(engines)('on %s', (engine) => {
	test('each process hears of words that lose docs, and of those that come back', async () => {
		await using index = await openIndex(engine)
		const { vocabulary, follow } = processOf(index)
		await index.write(doc(1, { mug: [0], zorbal: [8] }), doc(2, { mug: [0] }))
		await index.fold()
		await follow()
		expect(vocabulary.docsWith('zorbal')).toBe(1)
		await index.die(1)
		await index.sweep(livingFrom(2))
		await follow()
		expect(vocabulary.docsWith('zorbal')).toBe(0)
		expect(vocabulary.docsWith('mug')).toBe(1)
		expect(vocabulary.completions('zorb', 5)).toEqual([])
		expect(vocabulary.similarWords('zorbax', { edits: 1, fromBeginning: false, most: 5 })).toEqual([])

		// Gone and back between two looks.
		await index.write(doc(3, { zorbal: [0] }))
		await index.fold()
		await follow()
		await index.die(3)
		await index.sweep(livingFrom(4))
		await index.write(doc(4, { zorbal: [0] }), doc(5, { zorbal: [0] }))
		await index.fold()
		await follow()
		expect(vocabulary.docsWith('zorbal')).toBe(2)
	})

	test('a process that begins later knows the words that are left', async () => {
		await using index = await openIndex(engine)
		await index.write(doc(1, { mug: [0], zorbal: [8] }), doc(2, { mug: [0] }))
		await index.fold()
		await index.die(1)
		await index.sweep(livingFrom(2))
		const { vocabulary, follow } = processOf(index)
		await follow()
		expect(['mug', 'zorbal'].map(vocabulary.docsWith)).toEqual([1, 0])
	})

	test('a word keeps the docs of a segment that was read here and waits', async () => {
		await using index = await openIndex(engine)
		const { vocabulary, follow } = processOf(index)
		const reader = index.reader({ onSegment: vocabulary.add })
		await index.write(doc(1, { zorbal: [0] }))
		await index.fold()
		await follow()
		await index.write(doc(2, { zorbal: [0] }))
		await reader.find('zorbal')
		await index.die(1)
		await index.sweep(livingFrom(2))
		await follow()
		expect(vocabulary.docsWith('zorbal')).toBe(1)
	})

	test('a process knows in about how many docs a word is, however many have got it since', async () => {
		await using index = await openIndex(engine)
		const { vocabulary, follow } = processOf(index)
		const known = new Set<number>()
		for (let number = 1; number <= 20; number++) {
			await index.write(doc(number, { mug: [0], [`word${'x'.repeat(number)}`]: [8] }))
			await index.fold()
			await follow()
			const docs = vocabulary.docsWith('mug')
			expect(docs).toBeGreaterThan(number / 2)
			expect(docs).toBeLessThanOrEqual(number)
			known.add(docs)
		}
		// A fold that adds few docs to a word is no news.
		expect([...known]).toEqual([1, 2, 4, 8, 16])
		const later = processOf(index)
		await later.follow()
		expect(later.vocabulary.docsWith('mug')).toBe(20)
	})

	test('docs of a segment that was read here do not count twice once it is folded', async () => {
		await using index = await openIndex(engine)
		const { vocabulary, follow } = processOf(index)
		const reader = index.reader({ onSegment: vocabulary.add })
		for (let number = 1; number <= 8; number++) {
			await index.write(doc(number, { mug: [0] }))
			await reader.find('mug')
			await index.fold()
			await follow()
			expect(vocabulary.docsWith('mug')).toBe(number)
		}
	})

	test('a read knows the words that another process has just folded', async () => {
		await using index = await openIndex(engine)
		const { vocabulary, followTo } = processOf(index)
		const reader = index.reader({ onSegment: vocabulary.add, onWords: followTo })
		await reader.find('zorb')
		await index.write(doc(1, { zorban: [0] }))
		await index.fold()
		await reader.find('zorb')
		expect(vocabulary.completions('zorb', 5)).toEqual([{ word: 'zorban', docs: 1 }])
	})
})

test('words lose docs while the vocabulary is merged', async () => {
	const vocabulary = createVocabulary()
	const fresh = (from: number) => Array.from({ length: 1_200 }, (_, n) => [`word${letters(from + n)}`, 2] as const)
	vocabulary.add(fresh(0))
	vocabulary.add(fresh(1_200))
	// The runs are being merged now.
	vocabulary.lose([{ word: `word${letters(5)}`, lost: 2, docs: 0 }])
	vocabulary.lose([{ word: `word${letters(1_300)}`, lost: 1, docs: 1 }])
	for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
	expect(vocabulary.docsWith(`word${letters(5)}`)).toBe(0)
	expect(vocabulary.docsWith(`word${letters(1_300)}`)).toBe(1)
	expect(vocabulary.docsWith(`word${letters(7)}`)).toBe(2)
	const { version } = vocabulary
	vocabulary.add([[`word${letters(5)}`, 1]])
	expect(vocabulary.version).toBeGreaterThan(version)
	expect(vocabulary.docsWith(`word${letters(5)}`)).toBe(1)
})

function processOf({ database }: Awaited<ReturnType<typeof openIndex>>) {
	const vocabulary = createVocabulary()
	return { vocabulary, ...followWords({ ...createVocabularyStore(database), vocabulary }) }
}

function letters(number: number): string {
	return [...number.toString()].map((digit) => 'abcdefghij'[Number(digit)]).join('')
}
