import type { SearchedFields } from './analyse-product.ts'
import { eachRun } from './runs/text-runs.ts'
import { foldWord, spelledWord } from './words/fold-word.ts'
import { normalText } from './words/normal-text.ts'

/** How a product writes a folded word; undefined when it does not have it. */
export function findSpelling(product: Omit<SearchedFields, 'sku'>, word: string): string | undefined {
	const { title, brand, category, attributes, description } = product
	for (const text of [title, brand, category, ...Object.values(attributes), description]) {
		const spelling = spellingIn(normalText(text), word)
		if (spelling !== undefined) return spelling
	}
	return undefined
}

function spellingIn(text: string, word: string): string | undefined {
	let spelling: string | undefined
	eachRun(text, (start, end) => {
		const run = text.slice(start, end)
		spelling = [run, ...run.split(noLetter)].find((part) => foldWord(part) === word || spelledWord(part) === word)
		return spelling === undefined
	})
	return spelling
}

const noLetter = /[^\p{L}\p{N}\p{M}]+/u
