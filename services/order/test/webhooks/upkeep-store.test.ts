import { openDatabase } from '@mercat/database/database'
import { expect, test } from 'vitest'
import { createUpkeepStore } from '../../src/webhooks/dispatching/upkeep-store.ts'
import { openStores } from '../open-stores.ts'

test('the URLs of the environment that are known already are registered again while something holds the log', async () => {
	await using stores = await openStores('postgres')
	await using second = await openDatabase(stores.url)
	const urls = ['https://shop.example/a', 'https://shop.example/b']
	const { registerEnvironment } = createUpkeepStore(stores.database)
	await registerEnvironment(urls)
	await second.transaction(async (transaction) => {
		await transaction.query('select from event_log for update')
		await registerEnvironment(urls.toReversed())
		await expect(registerEnvironment(['https://shop.example/a'])).rejects.toThrow()
	})
	await registerEnvironment(['https://shop.example/a'])
	const rows = await stores.database.query('select url, until_position is null as is_served from webhook order by url')
	expect(rows).toEqual([
		{ url: 'https://shop.example/a', is_served: true },
		{ url: 'https://shop.example/b', is_served: false },
	])
})
