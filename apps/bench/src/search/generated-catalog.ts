import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomFrom, zipf } from '../importing/random-words.ts'
import { catalogWords } from './catalog-words.ts'
import { createQueries, type SampledProduct, type SearchQuery } from './query-mix.ts'

const rowsOfChunk = 1_000
const sampledProducts = 3_000
const units = ['ml', 'cm', 'g', 'kg', 'l', 'mm', 'W', 'V']

/**
 * Writes a CSV file with so many products, always the same ones, and makes queries for them. Titles have 4 to 10 words,
 * descriptions 20 to 40; a fifth of the titles has a size, and a tenth the code of a model.
 */
export async function writeGeneratedCatalog(path: string, count: number): Promise<SearchQuery[]> {
	const random = randomFrom(25)
	const words = catalogWords(count, random)
	const sample: SampledProduct[] = []
	await pipeline(Readable.from(chunks()), createWriteStream(path))
	return createQueries(sample, words, random)

	function* chunks(): Generator<string> {
		const several = (least: number, most: number, word: () => string) =>
			Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, word)
		const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`
		const brands = Array.from({ length: Math.round(2 * Math.sqrt(count)) }, () =>
			several(1, 2, words.content).map(capital).join(' '),
		)
		const categories = Array.from({ length: 400 }, () => several(3, 3, words.common).map(capital).join('/'))
		const pick = (from: string[]) => from[zipf(from.length, random)] as string
		const number = (most: number) => 1 + Math.floor(random() * most)

		yield 'sku,title,description,brand,category,price,currency,onHand,attributes.color,attributes.material\n'
		for (let from = 0; from < count; from += rowsOfChunk) {
			let rows = ''
			for (let n = from; n < Math.min(from + rowsOfChunk, count); n++) {
				const title = several(3, 8, words.content)
				const brand = pick(brands)
				const category = pick(categories)
				if (n % Math.ceil(count / sampledProducts) === 0) sample.push({ title, brand, category })
				const chance = random()
				if (chance < 0.1) title.push(`${capital(words.common()).slice(0, 2).toUpperCase()}-${number(9_999)}`)
				else if (chance < 0.3) title.push(`${number(500)}`, units[number(units.length) - 1] as string)
				const sku = `${category.slice(0, 3).toUpperCase()}-${String(n).padStart(7, '0')}`
				const price = (number(20_000) / 100).toFixed(2)
				const onHand = random() < 0.1 ? 0 : number(500)
				const description = several(20, 40, words.any).join(' ')
				const cells = [sku, capital(title.join(' ')), description, brand, category, price, 'EUR', onHand]
				rows += `${cells.join(',')},${words.common()},${words.common()}\n`
			}
			yield rows
		}
	}
}
