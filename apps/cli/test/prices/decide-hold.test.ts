import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCatalogCalls } from '../../src/catalog/open-catalog-calls.ts'
import { decideHold } from '../../src/prices/decide-hold.ts'
import { findHolds } from '../../src/prices/find-holds.ts'
import { jwtSecret } from '../start-catalog.ts'
import { openShop } from './open-shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
	shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

test('a hold whose price changes between the reading and the decision is left as it is', async () => {
	using calls = openCatalogCalls(shop.address, { JWT_SECRET: jwtSecret })
	const id = await shop.holdPrice('MOVED')
	const hold = (await findHolds(calls, [id])).get(id)
	if (hold === undefined) throw new Error('the hold is not found')
	await shop.sendPrice('MOVED', '90.00')
	const text = 'MOVED was left as it is: its source has sent another price since the price was read'
	expect(await decideHold(calls, hold, 'approve', undefined)).toContain(text)
	expect(await shop.priceOf('MOVED')).toBe(1_000)

	await shop.run('prices', 'reject', id)
	expect(
		await decideHold(calls, { ...hold, newPrice: { currencyCode: 'EUR', amountMinor: 9_000 } }, 'approve', undefined),
	).toContain('MOVED was left as it is: the hold is rejected since the price was read')
})

test('holds are found on all pages of the list', async () => {
	using calls = openCatalogCalls(shop.address, { JWT_SECRET: jwtSecret })
	const rows = (price: string) =>
		Array.from({ length: 130 }, (_, index) => `MANY-${index},Many,${price},EUR`).join('\n')
	const send = (price: string) =>
		shop.run('import', shop.write('many.csv', `sku,title,price,currency\n${rows(price)}\n`), '--source', 'many')
	await send('10.00')
	await send('1.00')
	const { stdout } = await shop.run('prices', 'held', '--source', 'many')
	expect(stdout).toMatch(/\n130 prices are held\n$/)
	const ids = stdout.match(/^[0-9a-f-]{36}(?= )/gm) ?? []
	expect((await findHolds(calls, ids)).size).toBe(130)
})
