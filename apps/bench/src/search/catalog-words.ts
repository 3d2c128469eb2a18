import { distinctWords, zipf } from '../importing/random-words.ts'

/** The words of a generated catalog. The word of rank r comes about 1/r as often as the first. */
export type CatalogWords = {
	has(word: string): boolean
	/** Any word, as it comes in running text. */
	any(): string
	/** A word that is no function word, as it comes in titles. */
	content(): string
	/** A content word that many products have, but not a function word. */
	common(): string
}

// The most frequent words of English text.
const functionWords = 'the and with for of in to a is it from your this on as by or at be an'.split(' ')
// The words that shoppers type most are the frequent words of titles: "black", "cotton", "set".
const commonRanks = 400
const wordsOfProduct = 40

/**
 * The vocabulary grows with the square root of the text (Heaps): 7,600 words at 10,000 products, 76,000 at a million.
 */
export function catalogWords(products: number, random: () => number): CatalogWords {
	const size = Math.round(12 * Math.sqrt(wordsOfProduct * products))
	const distinct = new Set([...functionWords, ...distinctWords(size, random)])
	const words = [...distinct]
	const any = () => words[zipf(words.length, random)] as string
	const { length } = functionWords
	return {
		has: (word) => distinct.has(word),
		any,
		content() {
			for (;;) {
				const rank = zipf(words.length, random)
				if (rank >= length) return words[rank] as string
			}
		},
		common: () => words[Math.floor(length * (commonRanks / length) ** random())] as string,
	}
}
