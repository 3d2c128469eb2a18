import type { ProductFields } from '../../products/product.ts'
import { type Field, fields, type ProductTokens, placeOf } from './product-tokens.ts'
import { remembered } from './runs/remembered.ts'
import { type RunTokens, runTokens } from './runs/run-tokens.ts'
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
	addTexts(found, inOrderOfNames(product.attributes), fields.attributes)
	addText(found, product.description, fields.description, 0)
	return found
}

// The database gives attributes back in another order than a request has them in.
function inOrderOfNames(attributes: Readonly<Record<string, string>>): string[] {
	return Object.entries(attributes)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([, value]) => value)
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
	const text = normalText(anyText)
	const headTextEnd = field === fields.title ? titleHeadEnd(text) : text.length
	const reading: Reading = { field, position: start, lastLetter: '', lastWord: '' }
	let words = 0
	let headEnd: number | undefined
	let lastEnd = text.length
	eachRun(text, (runStart, runEnd, isUnspaced) => {
		if (runStart !== lastEnd + 1 || !isSoftBorder(text.charCodeAt(lastEnd))) {
			reading.lastLetter = ''
			reading.lastWord = ''
		}
		words += 1
		lastEnd = runEnd
		if (runStart >= headTextEnd) headEnd ??= reading.position
		if (isUnspaced) addLetters(found, reading, lettersOf(text.slice(runStart, runEnd)))
		else addWord(found, reading, analyseRun(text.slice(runStart, runEnd)))
		return true
	})
	return { end: reading.position, headEnd: headEnd ?? reading.position, words }
}

/** Where the reader of a text is. */
type Reading = {
	field: Field
	position: number
	/** The last letter of the run before, when it stands one space before, in a script without spaces. */
	lastLetter: string
	/** The run before, when it stands one space before and is a single letter. */
	lastWord: string
}

function addWord({ tokens, places }: ProductTokens, reading: Reading, run: RunTokens): void {
	const { field, position, lastWord } = reading
	if (field !== fields.description || !run.isFunctionWord) {
		for (let index = 0; index < run.tokens.length; index++) {
			tokens.push(run.tokens[index] as string)
			places.push(placeOf(field, position + (run.offsets[index] as number)))
		}
	}
	if (lastWord !== '' && run.word !== undefined) {
		// `T Shirt` is a `tshirt`.
		const joined = lastWord + run.word
		tokens.push(joined, joined)
		places.push(placeOf(field, position - 1), placeOf(field, position))
	}
	reading.position += run.length
	reading.lastLetter = ''
	reading.lastWord = run.word?.length === 1 && !run.isFunctionWord ? run.word : ''
}

function addLetters({ tokens, places }: ProductTokens, reading: Reading, letters: readonly string[]): void {
	const { field, position, lastLetter } = reading
	// A space between two words does not always stand there.
	const isContinued = lastLetter !== ''
	for (const [index, pair] of letterPairs(isContinued ? [lastLetter, ...letters] : letters).entries()) {
		tokens.push(pair)
		places.push(placeOf(field, position + index - (isContinued ? 1 : 0)))
	}
	for (const [index, letter] of letters.entries()) {
		tokens.push(letter)
		places.push(placeOf(field, position + index))
	}
	reading.position += letters.length
	reading.lastLetter = letters.at(-1) ?? ''
	reading.lastWord = ''
}

const analyseRun = remembered(runTokens)

const space = 0x20
const middleDotOfKatakana = 0x30fb

function isSoftBorder(unit: number): boolean {
	return unit === space || unit === middleDotOfKatakana
}
