import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, upserts } from '../start-catalog.ts'

const titles = [
	'Glorpish quazzle, 3 pieces',
	'Winter tyre 205/55R16',
	'Graphics card RTX 4090',
	'Stoneware mug, 350 ml',
	'Enamel mug',
]
const letters = [...'bcdfghjklmnpqrstvwxyz']
// More words than are read for a beginning, and each of them more frequent than the words of the titles above.
const fillers = Array.from({ length: 600 }, (_, number) => {
	const ending = (at: number) => (letters[at % 21] as string) + (letters[Math.floor(at / 21) % 21] as string)
	return ['qua', 'g', 'w', 's', 'p', 't', 'c', 'm'].map((start) => `${start}${ending(number % 400)}o`).join(' ')
})

describe.each(engines)('the last word of a query on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const skusOf = ({ products }: SearchProductsResponse__Output) => products.map(({ sku }) => sku)
	const find = async (query: string) => skusOf(await catalog.search({ query })).toSorted()

	beforeAll(async () => {
		const products = titles.map((title, index) => product({ sku: `TITLE-${index}`, title }))
		const others = fillers.map((title, index) =>
			product({ sku: `F-${index}`, title, description: `n${index % 7} x 4711 5 3` }),
		)
		await catalog.import([{ upserts: upserts(products, 5) }, { upserts: upserts(others.slice(0, 500), 5) }])
		await catalog.import([{ upserts: upserts(others.slice(500), 5) }])
	})

	test.each(titles.map((title, index) => [title, `TITLE-${index}`]))(
		'is completed at each letter of "%s" among the products with the words before it',
		async (title, sku) => {
			const [first = ''] = title.split(' ')
			for (let length = first.length + 2; length <= title.length; length++) {
				const query = title.slice(0, length)
				const response = await catalog.search({ query })
				expect(response.match, query).toBe('MATCH_ALL')
				expect(skusOf(response), query).toContain(sku)
			}
		},
	)

	test.each(['205/5', '205/55', '205/55R', '205/55R1', 'rtx 4', 'rtx 40', 'glorpish 3', 'glorpsih qua'])(
		'is completed in "%s"',
		async (query) => {
			const response = await catalog.search({ query })
			expect(skusOf(response)).toHaveLength(1)
			expect(response.match).not.toBe('MATCH_SOME')
			expect(response.totalSizeExact).toBe(true)
		},
	)

	test.each(['350ml', 'TITLE-3', 'title3'])(
		'is complete in "%s", and its products are counted exactly',
		async (query) => {
			const response = await catalog.search({ query })
			expect(skusOf(response)).toEqual(['TITLE-3'])
			expect(response).toMatchObject({ totalSize: 1, totalSizeExact: true })
		},
	)

	test('is not completed where it is excluded', async () => {
		expect(await find('mug -st')).toEqual(['TITLE-3', 'TITLE-4'])
		expect(await find('mug -stone')).toEqual(['TITLE-3', 'TITLE-4'])
		expect(await find('mug -stoneware')).toEqual(['TITLE-4'])
		expect(await find('mug -"stoneware')).toEqual(['TITLE-4'])
	})
})
