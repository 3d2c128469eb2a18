import { mostLetters } from './fold-word.ts'
import { piecesOf } from './joined-words.ts'
import { groupsOf } from './run-groups.ts'
import { eachRun } from './text-runs.ts'

/** Before a whole sku. */
export const skuMark = '#'

/**
 * A sku in lower case and without separators, by which it is found however it is typed. Empty for a text that is no sku.
 *
 * @param text a normal text
 */
export function skuKeyOf(text: string): string {
	if (text.length > longestSku || !/^[A-Za-z0-9 ._/-]+$/.test(text)) return ''
	// A sku of separators only is found as it stands.
	const key = text.replace(/[^A-Za-z0-9]/g, '').toLowerCase() || text
	return key.length > mostLetters ? '' : key
}

// A sku has at most 64 characters; people who type one may put spaces into it.
const longestSku = 100

export type SkuTokens = { tokens: string[]; offsets: number[] }

/**
 * The whole sku; its parts of letters and of digits; its groups, such as `ins114` in `KT-INS114-DRE`; and neighbouring groups
 * as one word where the parts do not show the border, such as `ktins`.
 */
export function skuTokens(sku: string): SkuTokens {
	const tokens: string[] = []
	const offsets: number[] = []
	const add = (token: string, offset: number) => {
		if (token.length > mostLetters) return
		tokens.push(token)
		offsets.push(offset)
	}
	const key = skuKeyOf(sku)
	if (key !== '') {
		tokens.push(skuMark + key)
		offsets.push(0)
	}
	let position = 0
	// In lower case, because capitals in a sku are no borders.
	eachRun(sku.toLowerCase(), (start, end) => {
		const groups = groupsOf(sku.toLowerCase().slice(start, end))
		for (const [index, group] of groups.entries()) {
			const pieces = piecesOf(group)
			for (const [offset, { word }] of pieces.entries()) add(word, position + offset)
			const word = pieces.map((piece) => piece.word).join('')
			if (pieces.length > 1 && groups.length > 1) add(word, position)
			const next = groups[index + 1]
			if (next !== undefined && groups.length > 2 && bordersAreHidden(pieces.at(-1), piecesOf(next)[0])) {
				add(
					word +
						piecesOf(next)
							.map((piece) => piece.word)
							.join(''),
					position,
				)
			}
			position += pieces.length
		}
		return true
	})
	return { tokens, offsets }
}

function bordersAreHidden(last: { isNumber: boolean } | undefined, first: { isNumber: boolean } | undefined): boolean {
	return last !== undefined && first !== undefined && last.isNumber === first.isNumber
}
