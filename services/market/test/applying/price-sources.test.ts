import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createPriceSourceStore } from '../../src/applying/price-source-store.ts'
import { createPriceSources } from '../../src/applying/price-sources.ts'
import { openEmptyDatabase } from '../empty-database.ts'

describe.each(engines)('the sources of prices on %s', (engine) => {
	test('are stored once they have changed, and the last one counts', async () => {
		await using opened = await openEmptyDatabase(engine)
		const sources = createPriceSources(createPriceSourceStore(opened.database))
		sources.note('GOLD', 'metals')
		sources.note('OIL', 'metals')
		sources.note('GOLD', 'rival')
		const next = createPriceSources(createPriceSourceStore(opened.database))
		const found = async () => [await next.find('GOLD'), await next.find('OIL'), await next.find('NONE')]
		expect(await found()).toEqual([undefined, undefined, undefined])
		expect(await sources.find('GOLD')).toBe('rival')
		await sources.store()
		expect(await found()).toEqual(['rival', 'metals', undefined])
		sources.note('GOLD', 'metals')
		await sources.store()
		expect(await found()).toEqual(['metals', 'metals', undefined])
	})
})

describe('the sources of prices', () => {
	test('that could not be stored are stored by the next call', async () => {
		const stored: [readonly string[], readonly string[]][] = []
		let isAway = true
		const sources = createPriceSources({
			async store(...lists) {
				if (isAway) throw new Error('the database is away')
				stored.push(lists)
			},
			find: async () => 'rival',
		})
		sources.note('GOLD', 'metals')
		await expect(sources.store()).rejects.toThrow('the database is away')
		expect(await sources.find('GOLD')).toBe('metals')
		isAway = false
		await sources.store()
		expect(stored).toEqual([[['GOLD'], ['metals']]])
		await sources.store()
		expect(stored).toHaveLength(1)
	})

	test('that change while others are stored wait for the next call', async () => {
		const stored: string[] = []
		const sources = createPriceSources({
			async store(skus, names) {
				stored.push(...skus.map((sku, index) => `${sku} ${names[index]}`))
				sources.note('GOLD', 'rival')
			},
			find: async () => 'metals',
		})
		sources.note('GOLD', 'metals')
		await sources.store()
		expect(await sources.find('GOLD')).toBe('rival')
		await sources.store()
		expect(stored).toEqual(['GOLD metals', 'GOLD rival'])
	})

	test('are stored again after a while, because another process may have stored another one', async () => {
		const stored: string[] = []
		const sources = createPriceSources({ store: async (skus) => stored.push(...skus), find: async () => 'metals' })
		for (let call = 0; call < 299; call++) {
			sources.note('GOLD', 'metals')
			await sources.store()
		}
		expect(stored).toEqual(['GOLD'])
		await sources.store()
		sources.note('GOLD', 'metals')
		await sources.store()
		expect(stored).toEqual(['GOLD', 'GOLD'])
	})
})
