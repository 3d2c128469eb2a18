import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { searchCalls } from '../search-calls.ts'
import { product, startCatalogOn, upserts } from '../start-catalog.ts'
import { indexIn } from './index/index-in.ts'

test('a replica knows at once the words that another process has folded', async () => {
	await using stored = await createTestDatabase('postgres')
	await using catalog = await startCatalogOn(stored.url)
	await using replica = await startCatalogOn(stored.url)
	await using database = await openDatabase(stored.url)
	const index = indexIn(database)
	const words = ['zorban', 'quixel', 'brimfo']
	for (const word of words) {
		await catalog.import([{ upserts: upserts([product({ sku: word, title: `${word} lamp` })]) }])
		await index.fold()
		const beginning = word.slice(0, 4)
		for (const each of [replica, catalog]) {
			expect(await each.search({ query: beginning })).toMatchObject({ totalSize: 1 })
			expect(await each.search({ query: `${word}x` })).toMatchObject({ totalSize: 1 })
			// Suggestions may be half a second old.
			await eventually(async () => expect((await searchCalls(each).suggest(beginning)).suggestions).not.toEqual([]))
		}
	}
})
