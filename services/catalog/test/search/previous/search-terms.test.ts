import { expect, test } from 'vitest'
import { editDistances } from '../../../src/search/previous/edit-distance.ts'
import { forgivingTerms } from '../../../src/search/previous/search-terms.ts'
import { foldText } from '../../../src/search/previous/search-text.ts'

test.each([
	['mug', 'mug', 0, 0],
	['mug', 'mugs', 1, 0],
	['mugs', 'mug', 1, 1],
	['chiar', 'chair', 1, 1],
	['stonwar', 'stoneware', 2, 1],
	['', 'abc', 3, 0],
	['abc', '', 3, 3],
	['ca', 'abc', 3, 1],
	['kitten', 'sitting', 3, 2],
])('the distance from %j to %j is %i edits, and %i edits to its nearest beginning', (word, other, whole, beginning) => {
	expect(editDistances(word, other)).toEqual({ whole, beginning })
})

test('a word that products have is not corrected, and neither is a short word', () => {
	const similar = new Map([
		['mug', ['mug', 'mog']],
		['mgu', ['mug']],
	])
	expect(forgivingTerms(['mug', 'mgu'], similar)).toEqual([
		{ words: ['mug'], begun: false },
		{ words: ['mgu'], begun: true },
	])
})

test('a misspelled word stands for all of its nearest words', () => {
	const similar = new Map([['seat', ['seal', 'seas', 'sofa']]])
	expect(forgivingTerms(['seat', 'x'], similar)[0]).toEqual({ words: ['seat', 'seal', 'seas'], begun: false })
})

test.each([
	['Café', 'cafe'],
	['ÅNGSTRÖM', 'angstrom'],
	['İstanbul ılık', 'istanbul ilik'],
	['ŁÓDŹ Đà Nẵng', 'lodz da nang'],
	['ﬁne Œuvre', 'fine oeuvre'],
	['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
	['①²½', '121⁄2'],
	['한국어', '한국어'],
	['がぎ', 'がぎ'],
	['हिन्दी', 'हिन्दी'],
	['\ud83c\udf75', '\ud83c\udf75'],
])('the text %s folds to %s', (text, folded) => {
	expect(foldText(text)).toBe(folded)
	expect(foldText(folded)).toBe(folded)
})
