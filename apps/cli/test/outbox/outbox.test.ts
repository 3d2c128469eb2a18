import { runMercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'

test.each([
	['an unknown command', ['outbox', 'forget']],
	['an unknown option', ['outbox', 'list', '--all']],
	['an invalid id', ['outbox', 'redrive', 'all']],
	['a folder that does not exist', ['outbox', 'list', '--order-db', 'pglite:/nowhere/at/all']],
	['a server that does not answer', ['outbox', 'redrive', '--order-db', 'postgres://postgres@127.0.0.1:1/orders']],
])('mercat outbox exits with 2 and names the reason for %s', async (_what, args) => {
	const { exitCode, stdout, stderr } = await runMercat(args)
	expect([exitCode, stdout]).toEqual([2, ''])
	expect(stderr).toMatch(/\S/)
	expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
})
