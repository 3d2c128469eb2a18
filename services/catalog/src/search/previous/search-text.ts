import type { PreviousText, ProductText } from '../../products/text-index.ts'

// Letters that Unicode does not decompose, each with the letters that people type instead.
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
 * The text in lower case, without accents and other marks on letters. The database does not fold texts, because its
 * engines and locales disagree.
 */
export function foldText(text: string): string {
	return (
		text
			.normalize('NFKD')
			.toLowerCase()
			.replace(/[\u0300-\u036f]/g, '')
			.replace(unplainLetter, (letter) => plainLetters[letter] ?? letter)
			// Puts together again what NFKD took apart in Hangul and kana.
			.normalize('NFKC')
	)
}

/** The folded words of a text. A word has letters, digits and their marks only. */
export function foldedWords(text: string): string[] {
	return foldText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

export function previousText(product: ProductText): PreviousText {
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
