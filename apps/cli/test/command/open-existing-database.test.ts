import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'

const orderId = '8f9327af-a615-50c9-b8a4-1e836388d3c5'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-open-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
	['mysql://root:hidden@127.0.0.1/x', '--order-db must be a postgres: or pglite: URL'],
	['postgres', '--order-db must be a postgres: or pglite: URL'],
	[
		'postgres://a:hidden@[',
		'the URL of the order database cannot be read: it must be like postgres://USER@HOST:PORT/DATABASE, and the password may be in PGPASSWORD',
	],
	[
		'postgres://a:hidden@127.0.0.1:2/x',
		'the order database does not answer (connect ECONNREFUSED 127.0.0.1:2): start its server, or correct its URL',
	],
])('the URL %s is told in one sentence, without its password', async (url, sentence) => {
	const { exitCode, stdout, stderr } = await runMercat(['outbox', 'list', '--order-db', url])
	expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: `mercat: ${sentence}\n` })
})

test('an embedded database that is open elsewhere is told with the process, DATA_DIR and what else to do', async () => {
	const path = join(folder, 'order')
	await using _database = await openDatabase(`pglite:${path}`)
	const { exitCode, stderr } = await runMercat(['order', 'show', orderId], { DATA_DIR: folder })
	expect(exitCode).toBe(2)
	expect(stderr).toBe(
		`mercat: ${path}: the embedded database is in use by process ${process.pid}; it serves one process at a time. ` +
			'If Mercat runs, it is its order service: stop Mercat first, ' +
			`or ask the API: GET /v1/orders/${orderId} with a token of the scope orders:manage. DATA_DIR names the folder of another Mercat\n`,
	)
})
