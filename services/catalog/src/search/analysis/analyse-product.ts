import type { ProductFields } from '../../products/product.ts'
import { type Field, fields, type ProductTokens, placeOf } from './product-tokens.ts'
import { remembered } from './runs/remembered.ts'
import { runTokens } from './runs/run-tokens.ts'
import { eachRun } from './runs/text-runs.ts'
import { skuTokens } from './sku-tokens.ts'
import { titleHeadEnd } from './title-head.ts'
import { letterPairs, lettersOf } from './words/letter-pairs.ts'
import { normalText } from './words/normal-text.ts'

/** The parts of a product whose change gives it a new doc. */
export type SearchedFields = Pick<ProductFields, 'sku' | 'title' | 'description' | 'brand' | 'category' | 'attributes'>

// Words of two attributes do not stand next to each other.
const gap = 4

export function analyseProduct(product: SearchedFields): ProductTokens {
	const found: ProductTokens = { tokens: [], places: [], titleWords: 0 }
	const title = addText(found, product.title, fields.title, 0)
	found.titleWords = title.words
	addHead(found, title.headEnd)
	addText(found, product.brand, fields.brand, 0)
	addTexts(found, product.category.split('/'), fields.category)
	addSku(found, product.sku)
	addTexts(found, Object.values(product.attributes), fields.attributes)
	addText(found, product.description, fields.description, 0)
	return found
}

/** The last word of the head of the title, which has just been added. */
function addHead({ tokens, places }: ProductTokens, headEnd: number): void {
	const place = placeOf(fields.title, headEnd - 1)
	const inTitle = tokens.length
	for (let index = 0; index < inTitle; index++) {
		if (places[index] !== place) continue
		tokens.push(tokens[index] as string)
		places.push(placeOf(fields.head, headEnd - 1))
	}
}

function addTexts(found: ProductTokens, texts: readonly string[], field: Field): void {
	let position = 0
	for (const text of texts) position = addText(found, text, field, position).end + gap
}

function addSku({ tokens, places }: ProductTokens, sku: string): void {
	const found = skuTokens(sku)
	for (const [index, token] of found.tokens.entries()) {
		tokens.push(token)
		places.push(placeOf(fields.sku, found.offsets[index] ?? 0))
	}
}

/** What was added: the positions after the last word and after the head of a title, and the number of words. */
type AddedText = { end: number; headEnd: number; words: number }

function addText(found: ProductTokens, anyText: string, field: Field, start: number): AddedText {
	const { tokens, places } = found
	const text = normalText(anyText)
	let position = start
	let words = 0
	const headTextEnd = field === fields.title ? titleHeadEnd(text) : text.length
	let headEnd: number | undefined
	// The run before, when it ends one space before this one.
	let lastEnd = -2
	let lastLetter = ''
	let lastWord = ''
	eachRun(text, (runStart, runEnd, isUnspaced) => {
		words += 1
		if (runStart >= headTextEnd) headEnd ??= position
		const run = text.slice(runStart, runEnd)
		const follows = runStart === lastEnd + 1 && isSoftBorder(text.charCodeAt(lastEnd))
		lastEnd = runEnd
		if (isUnspaced) {
			const letters = lettersOf(run)
			if (follows && lastLetter !== '') {
				tokens.push(...letterPairs([lastLetter, letters[0] ?? '']))
				places.push(placeOf(field, position - 1))
			}
			for (const [index, pair] of letterPairs(letters).entries()) {
				tokens.push(pair)
				places.push(placeOf(field, position + index))
			}
			for (const [index, letter] of letters.entries()) {
				tokens.push(letter)
				places.push(placeOf(field, position + index))
			}
			position += letters.length
			lastLetter = letters.at(-1) ?? ''
			lastWord = ''
			return true
		}
		const known = analyseRun(run)
		if (field !== fields.description || !known.isFunctionWord) {
			for (let index = 0; index < known.tokens.length; index++) {
				tokens.push(known.tokens[index] as string)
				places.push(placeOf(field, position + (known.offsets[index] as number)))
			}
		}
		if (follows && lastWord !== '' && known.word !== undefined) {
			// `T Shirt` is a `tshirt`.
			const joined = lastWord + known.word
			tokens.push(joined, joined)
			places.push(placeOf(field, position - 1), placeOf(field, position))
		}
		position += known.length
		lastLetter = ''
		lastWord = known.word?.length === 1 && !known.isFunctionWord ? known.word : ''
		return true
	})
	return { end: position, headEnd: headEnd ?? position, words }
}

const analyseRun = remembered(runTokens)

const space = 0x20
const middleDotOfKatakana = 0x30fb

function isSoftBorder(unit: number): boolean {
	return unit === space || unit === middleDotOfKatakana
}
