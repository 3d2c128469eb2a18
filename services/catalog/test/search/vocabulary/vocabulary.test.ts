import { eventually } from '@mercat/testing/eventually'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistances } from '../../../src/search/previous/edit-distance.ts'
import { createVocabulary } from '../../../src/search/vocabulary/vocabulary.ts'

const counts: [string, number][] = [
	['mug', 50],
	['mugs', 10],
	['stone', 3],
	['stoneware', 7],
	['coffee', 20],
	['chair', 9],
	['chairs', 4],
	['kaffeebecher', 2],
	['becher', 1],
	['earring', 5],
	['spring', 5],
	['350ml', 8],
	['*shoe', 8],
	['чайник', 2],
	['红色', 2],
	['한국', 2],
	['도자기', 2],
]

function vocabularyOf(words: Iterable<readonly [string, number]>) {
	const vocabulary = createVocabulary()
	vocabulary.add(words)
	return vocabulary
}

const words = (found: readonly { word: string }[]) => found.map(({ word }) => word)
const whole = { fromBeginning: false, most: 5 }

test('a vocabulary knows words, and neither tokens with digits nor stems nor pairs of letters', () => {
	const vocabulary = vocabularyOf(counts)
	expect(vocabulary.docsWith('mug')).toBe(50)
	expect(vocabulary.docsWith('도자기')).toBe(2)
	for (const token of ['350ml', '*shoe', 'shoe', '红色', '한국', 'mu', 'mugsy'])
		expect(vocabulary.docsWith(token)).toBe(0)
	expect(vocabulary.size).toBe(13)
})

test('the completions of a beginning are longer words, the most frequent first', () => {
	const vocabulary = vocabularyOf(counts)
	expect(words(vocabulary.completions('m', 5))).toEqual(['mug', 'mugs'])
	expect(words(vocabulary.completions('mug', 5))).toEqual(['mugs'])
	expect(words(vocabulary.completions('чай', 5))).toEqual(['чайник'])
	expect(words(vocabulary.completions('c', 2))).toEqual(['coffee', 'chair'])
	expect(vocabulary.completions('mugs', 5)).toEqual([])
})

test.each([
	['chiar', 1, ['chair']],
	['hair', 1, ['chair']],
	['cahirs', 1, ['chairs']],
	['stonwar', 2, ['stoneware']],
	['stnwre', 2, []],
	['cofeee', 1, ['coffee']],
	['чанйик', 1, ['чайник']],
])('the words near to "%s" within %i edits are %j', (word, edits, expected) => {
	expect(words(vocabularyOf(counts).similarWords(word, { edits, ...whole }))).toEqual(
		expected.length === 0 ? [] : expect.arrayContaining(expected),
	)
})

test('an unfinished word is near to words with a near beginning, after whole words', () => {
	const vocabulary = vocabularyOf(counts)
	expect(words(vocabulary.similarWords('stonwar', { edits: 1, fromBeginning: true, most: 5 }))).toEqual(['stoneware'])
	expect(words(vocabulary.similarWords('chiar', { edits: 1, fromBeginning: true, most: 5 }))).toEqual([
		'chair',
		'chairs',
	])
})

test('a compound is found by its end when something is left before it', () => {
	const vocabulary = vocabularyOf(counts)
	expect(words(vocabulary.endings('becher', 5))).toEqual(['kaffeebecher'])
	expect(words(vocabulary.endings('ring', 5))).toEqual(['earring'])
	expect(vocabulary.endings('mug', 5)).toEqual([])
})

test('a glued word is split into two words that are known', () => {
	expect(vocabularyOf(counts).splits('coffeemug')).toEqual([['coffee', 'mug']])
	expect(vocabularyOf(counts).splits('coffeemog')).toEqual([])
})

test('a word that was added twice has all of its docs, also when it is in several runs', async () => {
	const vocabulary = createVocabulary()
	const many = Array.from({ length: 12_000 }, (_, index) => `w${letters(index)}`)
	for (let at = 0; at < many.length; at += 100) vocabulary.add(many.slice(at, at + 100).map((word) => [word, 1]))
	vocabulary.add(many.map((word) => [word, 2]))
	vocabulary.learn([...many.map((word) => ({ word, docs: 2 })), { word: 'unseen', docs: 4 }])
	await eventually(() => expect(vocabulary.size).toBeLessThan(13_100))
	expect([0, 1_000, 11_999].map((index) => vocabulary.docsWith(many[index] as string))).toEqual([3, 3, 3])
	expect(vocabulary.docsWith('unseen')).toBe(4)
})

test('the words near to any word are those of a plain comparison with every word', () => {
	const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 })
	fc.assert(
		fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, fc.integer({ min: 1, max: 2 }), (all, wanted, edits) => {
			const vocabulary = vocabularyOf(all.map((one) => [one, 1]))
			const distances = all.map((one) => ({ word: one, ...editDistances(wanted, one) }))
			const found = vocabulary.similarWords(wanted, { edits, fromBeginning: false, most: 100 })
			expect(Object.fromEntries(found.map((similar) => [similar.word, similar.edits]))).toEqual(
				Object.fromEntries(distances.filter(({ whole }) => whole <= edits).map(({ word, whole }) => [word, whole])),
			)
			const begun = vocabulary.similarWords(wanted, { edits, fromBeginning: true, most: 100 })
			expect(words(begun).toSorted()).toEqual(
				words(distances.filter(({ whole, beginning }) => Math.min(whole, beginning) <= edits)).toSorted(),
			)
		}),
	)
})

function letters(number: number): string {
	return Array.from(String(number), (digit) => String.fromCharCode(97 + Number(digit))).join('')
}
