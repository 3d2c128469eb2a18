import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { mercat, runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from '../prices/open-shop.ts'
import { jwtSecret } from '../start-catalog.ts'

const products = 1_500

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
	shop = await openShop()
	const rows = Array.from({ length: products }, (_, index) => `P-${index},Product ${index},1.00,EUR`)
	const path = shop.write('products.csv', ['sku,title,price,currency', ...rows].join('\n'))
	expect(await shop.run('import', path)).toMatchObject({ exitCode: 0 })
})
afterAll(() => shop[Symbol.asyncDispose]())

test('Ctrl-C ends the command and says that the catalog goes on, and the command shows the end of it', async () => {
	const env = { PATH: process.env['PATH'], JWT_SECRET: jwtSecret }
	const command = spawn(mercat, ['reindex', '--catalog', shop.address], { env, cwd: tmpdir() })
	const ended = once(command, 'exit')
	let stderr = ''
	command.stderr.on('data', (chunk) => {
		stderr += chunk
		// The first line of the progress: the catalog has begun. A second Ctrl-C would end the command without a word.
		if (stderr.includes(' products\n') && !command.killed) command.kill('SIGINT')
	})
	expect(await ended).toEqual([130, null])
	expect(stderr).toMatch(/^\d+ of 1500 products\n/)
	expect(stderr).toContain('mercat: the catalog goes on indexing. `mercat reindex` shows how far it is\n')

	const { exitCode, stdout } = await shop.run('reindex')
	expect([exitCode, stdout]).toEqual([0, `${products} products are indexed\n`])
})

test('a catalog that does not answer is named', async () => {
	const { exitCode, stderr } = await runMercat(['reindex', '--catalog', '127.0.0.1:1'])
	expect([exitCode, stderr]).toEqual([1, expect.stringContaining('the catalog at 127.0.0.1:1 does not answer')])
})
