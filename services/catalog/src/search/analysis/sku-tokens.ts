import { piecesOf } from './runs/joined-words.ts'
import { type Group, groupsOf, type Piece } from './runs/run-groups.ts'
import { eachRun } from './runs/text-runs.ts'
import { mostLetters } from './words/fold-word.ts'

/** Before a whole sku. */
export const skuMark = '#'

/**
 * A sku in lower case and without separators, by which it is found however it is typed. Empty for a text that is no sku.
 *
 * @param text a normal text
 */
export function skuKeyOf(text: string): string {
	if (text.length > longestSku || !/^[A-Za-z0-9 ._/-]+$/.test(text)) return ''
	// A sku may be nothing but separators.
	const key = text.replace(/[^A-Za-z0-9]/g, '').toLowerCase() || text.replaceAll(' ', '')
	return key.length > mostLetters ? '' : key
}

// A sku has at most 64 characters; people who type one may put spaces into it.
const longestSku = 100

export type SkuTokens = { tokens: string[]; offsets: number[] }

/**
 * The whole sku; its parts of letters and of digits; its groups, such as `ins114` in `KT-INS114-DRE`; and neighbours as one word
 * where their letters or digits do not show the border, such as `ktins`.
 */
export function skuTokens(sku: string): SkuTokens {
	const found: SkuTokens = { tokens: [], offsets: [] }
	const key = skuKeyOf(sku)
	if (key !== '') add(found, skuMark + key, 0)
	// In lower case, because capitals in a sku are no borders.
	const text = sku.toLowerCase()
	let position = 0
	eachRun(text, (start, end) => {
		position = addRun(found, groupsOf(text.slice(start, end)), position)
		return true
	})
	return found
}

function addRun(found: SkuTokens, groups: readonly Group[], start: number): number {
	let position = start
	let before: Piece | undefined
	for (const group of groups) {
		const pieces = piecesOf(group)
		const [first] = pieces
		for (const [offset, { word }] of pieces.entries()) add(found, word, position + offset)
		if (pieces.length > 1 && groups.length > 1) add(found, pieces.map(({ word }) => word).join(''), position)
		if (before !== undefined && first !== undefined && before.isNumber === first.isNumber) {
			const joined = before.word + first.word
			// At both ends, so that it stands beside the parts before and after it.
			add(found, joined, position - 1)
			add(found, joined, position)
		}
		position += pieces.length
		before = pieces.at(-1)
	}
	return position
}

function add({ tokens, offsets }: SkuTokens, token: string, offset: number): void {
	if (token.length > mostLetters + skuMark.length) return
	tokens.push(token)
	offsets.push(offset)
}
