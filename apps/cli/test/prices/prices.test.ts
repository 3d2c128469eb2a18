import { randomUUID } from 'node:crypto'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from './open-shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
	shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const prices = (...args: string[]) => shop.run('prices', ...args)

test('mercat prices held lists the held prices with their rule and the prices of others', async () => {
	const id = await shop.holdPrice('MUG')
	await shop.sendPrice('MUG', '9.80', 'nordic')
	const { exitCode, stdout, stderr } = await prices('held', '--sku', 'MUG')
	expect([exitCode, stderr]).toEqual([0, ''])
	expect(stdout).toMatch(
		new RegExp(
			`^${id}  MUG: 10\\.00 EUR to 1\\.00 EUR \\(PRICE_FELL by 90 % where 50 % is the limit\\), from acme, ` +
				'nordic sends 9\\.80 EUR, held since \\S+Z: The MUG\n1 price is held\n$',
		),
	)
	expect((await prices('held', '--source', 'nordic')).stdout).toBe('0 prices are held\n')
})

test('mercat prices approve prints the price, and the product sells at it', async () => {
	const id = await shop.holdPrice('LAMP')
	expect(await prices('approve', id, '--price', '1 eur')).toEqual({
		exitCode: 0,
		stdout:
			'LAMP: 10.00 EUR to 1.00 EUR (PRICE_FELL by 90 % where 50 % is the limit), from acme: The LAMP\n' +
			'  approved, sells at 1.00 EUR\n',
		stderr: '',
	})
	expect(await shop.priceOf('LAMP')).toBe(100)
})

test('mercat prices reject leaves the products as they are', async () => {
	const [one, other] = [await shop.holdPrice('REJECT-1'), await shop.holdPrice('REJECT-2', '99.00')]
	const { exitCode, stdout } = await prices('reject', one, other, one)
	expect(exitCode).toBe(0)
	expect(stdout).toContain('  rejected, stays at 10.00 EUR\nREJECT-2: 10.00 EUR to 99.00 EUR (PRICE_ROSE by 890 %')
	expect(stdout.match(/rejected/g)).toHaveLength(2)
	expect(await shop.priceOf('REJECT-2')).toBe(1_000)
})

test('a hold that has another price than the command names is left as it is, and the others are decided', async () => {
	const [one, other] = [await shop.holdPrice('NAMED-1', '2.00'), await shop.holdPrice('NAMED-2', '1.00')]
	const { exitCode, stderr } = await prices('approve', one, other, '--price', '1.00 EUR')
	expect([exitCode, stderr]).toEqual([
		1,
		'mercat: NAMED-1 was left as it is: the held price is 2.00 EUR, not 1.00 EUR\n',
	])
	expect([await shop.priceOf('NAMED-1'), await shop.priceOf('NAMED-2')]).toEqual([1_000, 100])
})

test('a price that was decided before is named with its decision', async () => {
	const id = await shop.holdPrice('TWICE')
	await prices('approve', id)
	for (const again of ['approve', 'reject'])
		expect(await prices(again, id)).toEqual({
			exitCode: 1,
			stdout: '',
			stderr: `mercat: the price under ${id} is already approved: nothing was changed\n`,
		})
	expect(await shop.priceOf('TWICE')).toBe(100)
})

test('an id under which no price is held is named, and the exit code is 1', async () => {
	const unknown = randomUUID()
	expect(await prices('reject', unknown)).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: `mercat: no price is held under ${unknown}\n`,
	})
})

test.each([
	[['approve'], 'missing required argument'],
	[['approve', 'MUG'], 'It must be an id'],
	[['approve', randomUUID(), '--price', '19.99'], 'such as "19.99 EUR"'],
	[['approve', randomUUID(), '--price', '19.999 EUR'], 'It must be exact in EUR, which has 2 decimal places.'],
	[['held', '--source', 'not one'], 'It must have 1 to 64 of'],
])('mercat prices %j is a usage error', async (args, reason) => {
	const { exitCode, stderr } = await runMercat(['prices', ...args])
	expect(exitCode).toBe(2)
	expect(stderr).toContain(reason)
})

test('a catalog that does not answer is named', async () => {
	const { exitCode, stderr } = await runMercat(['prices', 'held', '--catalog', '127.0.0.1:1'], {
		JWT_SECRET: 'k'.repeat(32),
	})
	expect(exitCode).toBe(1)
	expect(stderr).toMatch(/^mercat: the catalog at 127\.0\.0\.1:1 does not answer: /)
})
