import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from '../prices/open-shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
	shop = await openShop()
	const rows = Array.from({ length: 1_200 }, (_, index) => `P-${index},Product ${index},1.00,EUR`)
	const path = shop.write('products.csv', ['sku,title,price,currency', ...rows].join('\n'))
	expect(await shop.run('import', path)).toMatchObject({ exitCode: 0 })
})
afterAll(() => shop[Symbol.asyncDispose]())

const give = (...args: string[]) => shop.run('sources', 'give', ...args)

test('mercat sources give gives all parts of products to a source, and back to the shop', async () => {
	expect(await give('P-1', 'P-2', '--to', 'acme')).toEqual({
		exitCode: 0,
		stdout: '2 products: 2 had another owner, acme owns all parts now\n',
		stderr: '',
	})
	expect(await shop.ownersOf('P-2')).toEqual(['acme', 'acme', 'acme'])
	const { stdout } = await give('P-2', 'P-3', '--to', 'shop')
	expect(stdout).toBe('2 products: 1 had another owner, the shop owns all parts now\n')
	expect(await shop.ownersOf('P-2')).toEqual(['', '', ''])
})

test('mercat sources give gives only the parts that it names', async () => {
	const { stdout } = await give('P-4', '--to', 'acme', '--parts', 'price, quantity')
	expect(stdout).toBe('1 product: 1 had another owner, acme owns price, quantity now\n')
	expect(await shop.ownersOf('P-4')).toEqual(['', 'acme', 'acme'])
})

test('mercat sources give reads the skus of a file, however many there are', async () => {
	const skus = Array.from({ length: 1_100 }, (_, index) => `P-${index + 100}`)
	const path = shop.write('skus.txt', `\uFEFF${skus.join('\r\n')}\r\n\r\n`)
	const { exitCode, stdout } = await give('--file', path, '--to', 'nordic')
	expect([exitCode, stdout]).toEqual([0, '1100 products: 1100 had another owner, nordic owns all parts now\n'])
	expect(await shop.ownersOf('P-150')).toEqual(['nordic', 'nordic', 'nordic'])
})

test('a sku that the catalog does not have is named, and how many products were given before', async () => {
	expect(await give('P-5', 'NOWHERE', '--to', 'acme')).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: 'mercat: the catalog has no product NOWHERE: nothing was given\n',
	})
	expect(await shop.ownersOf('P-5')).toEqual(['', '', ''])
	const skus = Array.from({ length: 500 }, (_, index) => `P-${index + 600}`)
	const path = shop.write('half.txt', [...skus, 'NOWHERE'].join('\n'))
	expect((await give('--file', path, '--to', 'acme')).stderr).toBe(
		'mercat: the catalog has no product NOWHERE: only the first 500 products were given\n',
	)
})

test('a line of the file that is no sku is named, and nothing is given', async () => {
	const path = shop.write('bad.txt', 'P-6\nnot a sku\n')
	const { exitCode, stderr } = await give('--file', path, '--to', 'acme')
	expect([exitCode, stderr]).toEqual([2, `mercat: ${path}, line 2: a sku must have 1 to 64 of A-Z a-z 0-9 . _ -\n`])
	expect(await shop.ownersOf('P-6')).toEqual(['', '', ''])
})

test.each([
	[['P-1'], "required option '--to <source>' not specified"],
	[['--to', 'acme'], 'a sku or --file is required'],
	[['P-1', '--to', 'acme', '--parts', 'title'], 'It must be some of content,price,quantity.'],
])('mercat sources give %j is a usage error', async (args, reason) => {
	const { exitCode, stderr } = await runMercat(['sources', 'give', ...args])
	expect(exitCode).toBe(2)
	expect(stderr).toContain(reason)
})

test('the first example of the documents works with the demo catalog', async () => {
	const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
	expect(await shop.run('import', fileOf('../../demo/products.ndjson'))).toMatchObject({ exitCode: 0 })
	const [, example = ''] =
		/mercat sources give ([A-Z].*)/.exec(readFileSync(fileOf('../../../../docs/feeds.md'), 'utf8')) ?? []
	expect(await give(...example.split(' '))).toMatchObject({
		exitCode: 0,
		stdout: '2 products: 2 had another owner, nordic owns price, quantity now\n',
	})
})
