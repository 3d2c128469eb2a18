import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { serviceProcess } from './chaos/live/service-process.ts'
import { addProducts, marketEnvironment, openMarket, sourcesFile } from './open-market.ts'

test('a market that is asked to stop gives its source back at once, and ends with 0', async () => {
	await using market = await openMarket('postgres')
	await addProducts(market.catalog, 'metals', ['GOLD'])
	using file = sourcesFile([{ name: 'metals', url: market.exchange('metals').url, allowPrivate: true }])
	await using child = serviceProcess('market', marketEnvironment(market.databaseUrl, market.catalog.address, file.path))
	await child.start()
	market.publish('metals', { GOLD: 1_010 })
	await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
	expect(await child.stop(), child.output()).toBe(0)
	await using database = await openDatabase(market.databaseUrl)
	expect(await database.query('select owner from source')).toEqual([{ owner: null }])
})
