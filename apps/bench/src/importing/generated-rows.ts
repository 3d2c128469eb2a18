import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { distinctWords, randomFrom, zipf } from './random-words.ts'

const vocabularySize = 20_000
const brandCount = 400
const categoryCount = 150
const rowsOfChunk = 1_000

/**
 * Writes a CSV file of our own format with so many products, always the same ones. Words come as often as in real text:
 * the word of rank r about 1/r as often as the first (Zipf). What an import costs is mostly its indexes of words.
 */
export async function writeGeneratedRows(path: string, count: number): Promise<void> {
	await pipeline(Readable.from(chunks(count)), createWriteStream(path))
}

function* chunks(count: number): Generator<string> {
	const random = randomFrom(24)
	const words = distinctWords(vocabularySize, random)
	const word = () => words[zipf(words.length, random)] as string
	const text = (least: number, most: number) =>
		Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, word).join(' ')
	const brands = Array.from({ length: brandCount }, () => text(1, 2))
	const categories = Array.from({ length: categoryCount }, () => `${word()}/${word()}/${word()}`)
	const pick = (from: string[]) => from[zipf(from.length, random)] as string

	yield 'sku,title,description,brand,category,price,currency,onHand,imageUrls,attributes.color,attributes.material\n'
	for (let from = 0; from < count; from += rowsOfChunk) {
		let rows = ''
		for (let n = from; n < Math.min(from + rowsOfChunk, count); n++) {
			const sku = `P-${String(n).padStart(7, '0')}`
			const price = (1 + Math.floor(random() * 20_000) / 100).toFixed(2)
			const cells = [
				sku,
				text(3, 8),
				text(15, 40),
				pick(brands),
				pick(categories),
				price,
				'EUR',
				Math.floor(random() * 500),
				`https://images.example.com/${sku}.jpg`,
				word(),
				word(),
			]
			rows += `${cells.join(',')}\n`
		}
		yield rows
	}
}
