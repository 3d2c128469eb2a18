import { expect, test } from 'vitest'
import { analyseProduct } from '../../../src/search/analysis/analyse-product.ts'
import { fieldOf, fields, positionOf } from '../../../src/search/analysis/product-tokens.ts'
import { noProduct, titled } from './meets.ts'

/** The tokens of one field, each with its position. */
function tokensOf(product: Partial<typeof noProduct>, field: keyof typeof fields): string[] {
	const { tokens, places } = analyseProduct({ ...noProduct, ...product })
	return tokens.flatMap((token, index) => {
		const place = places[index] ?? 0
		return fieldOf(place) === fields[field] ? [`${token}@${positionOf(place)}`] : []
	})
}

test('parts of a word have positions of their own, and the joined word stands at the first and the last of them', () => {
	expect(tokensOf({ title: 'EH-TW5600 lamp' }, 'title').sort()).toEqual(
		['eh@0', 'tw@1', '5600@2', 'tw5600@1', 'tw5600@2', 'ehtw5600@0', 'ehtw5600@2', 'lamp@3'].sort(),
	)
})

test('a word has its stem at its own position when the stem differs', () => {
	expect(tokensOf({ title: 'Red shoes' }, 'title')).toEqual(['red@0', 'shoes@1', '*shoe@1'])
})

test('a word with an umlaut has both spellings at one position', () => {
	expect(tokensOf({ brand: 'Müller' }, 'brand')).toEqual(['muller@0', 'mueller@0', '*mull@0'])
})

test('a sku is one token, and its parts are others', () => {
	expect(tokensOf({ sku: 'KT-INS114-DRE' }, 'sku')).toEqual([
		'#ktins114dre@0',
		'kt@0',
		'ins@1',
		'114@2',
		'ins114@1',
		'ktins@0',
		'ktins@1',
		'dre@3',
	])
})

test('words of two attributes or of two parts of a category do not stand next to each other', () => {
	expect(tokensOf({ attributes: { colour: 'red', size: 'large' } }, 'attributes')).toEqual([
		'red@0',
		'large@5',
		'*larg@5',
	])
	expect(tokensOf({ category: 'Home/Kitchen' }, 'category')).toEqual(['home@0', 'kitchen@5'])
})

test('attributes have the same places in whatever order they come', () => {
	const inOrder = tokensOf({ attributes: { color: 'red', material: 'oak', size: 'large' } }, 'attributes')
	expect(tokensOf({ attributes: { size: 'large', color: 'red', material: 'oak' } }, 'attributes')).toEqual(inOrder)
})

test('function words are left out of descriptions, and the other words keep their positions', () => {
	expect(tokensOf({ description: 'cup of tea' }, 'description')).toEqual(['cup@0', 'tea@2'])
	expect(tokensOf({ title: 'cup of tea' }, 'title')).toEqual(['cup@0', 'of@1', 'tea@2'])
})

test.each([
	['', 0],
	['Mug', 1],
	['Wi-Fi range extender, 350 ml', 5],
	['— !', 0],
	['红色连衣裙 夏季新款', 2],
])('the title %j has %i words', (title, words) => {
	expect(analyseProduct(titled(title)).titleWords).toBe(words)
})

test('a long text keeps the tokens after the last position', () => {
	const { tokens, places } = analyseProduct({ ...noProduct, description: `${'blue '.repeat(4_200)}needle` })
	expect(positionOf(places[tokens.indexOf('needle')] ?? 0)).toBe(4_095)
})

test('a word of more than 128 characters is divided', () => {
	expect(tokensOf({ title: `${'x'.repeat(128)}needle` }, 'title')).toEqual([
		`${'x'.repeat(64)}@0`,
		'needle@1',
		'*needl@1',
	])
})

test('a sku of separators alone is a token as it stands', () => {
	expect(tokensOf({ sku: '---' }, 'sku')).toEqual(['#---@0'])
})
