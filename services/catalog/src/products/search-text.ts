import type { ProductFields } from './product.ts'

// Letters that Unicode does not decompose, by what people type instead of them.
const plainLetters: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ħ: 'h',
	ı: 'i',
	ς: 'σ',
}
const unplainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g')

/**
 * The text in lower case, without accents and other marks on letters. This is done here and not by
 * the database, whose engines and locales disagree about it.
 */
export function foldText(text: string): string {
	return (
		text
			.normalize('NFKD')
			.toLowerCase()
			.replace(/[\u0300-\u036f]/g, '')
			.replace(unplainLetter, (letter) => plainLetters[letter] ?? letter)
			// What NFKD took apart and is no mark on a letter: Hangul, kana.
			.normalize('NFKC')
	)
}

/** The folded words of a text: letters, digits and their marks, nothing else. */
export function foldedWords(text: string): string[] {
	return foldText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

/** What is written beside a product for search to read: words by weight, and the text that typos are compared with. */
export type SearchText = { a: string; b: string; c: string; d: string; text: string }

export function searchTextOf(product: ProductFields): SearchText {
	const { sku, title, description, brand, category, attributes } = product
	return {
		a: wordsOf(title),
		b: wordsOf(`${brand} ${category}`),
		c: wordsOf(`${sku} ${Object.values(attributes).join(' ')}`),
		d: wordsOf(description),
		text: wordsOf(`${sku} ${title} ${brand} ${category}`),
	}
}

function wordsOf(text: string): string {
	return foldedWords(text).join(' ')
}
