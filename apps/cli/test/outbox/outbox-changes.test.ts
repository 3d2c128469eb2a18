import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { useHealthyShop } from '../audit/use-healthy-shop.ts'

const healthy = useHealthyShop()
const url = 'https://gone.example/events'
const webhookId = '3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1'

/** A copy of the order database of a healthy shop, with a pending message for a webhook that is no longer configured. */
async function openOutbox() {
	await using opened = new AsyncDisposableStack()
	const copy = opened.use(await createTestDatabase('postgres', healthy.urls.order))
	const database = opened.use(await openDatabase(copy.url, { connectTimeoutMs: 60_000 }))
	const [row] = await database.query<{ id: number }>(
		`insert into outbox (order_id, version, destination, type, attempts) values ($1, 1, $2, 'order.placed', 3) returning id`,
		[healthy.shop.ids.placed, url],
	)
	const resources = opened.move()
	return {
		id: String(row?.id),
		orderId: healthy.shop.ids.placed,
		url: copy.url,
		outbox: (...args: string[]) => runMercat(['outbox', ...args, '--order-db', copy.url]),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

test('mercat outbox drop gives up a message to a webhook that is no longer configured', async () => {
	await using opened = await openOutbox()
	const { exitCode, stdout, stderr } = await opened.outbox('drop', opened.id, opened.id)
	const done = '1 message was dropped\nAn attempt that is under way may still arrive.\n'
	expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: done, stderr: '' })
	expect((await opened.outbox('list')).stdout).toBe('0 pending, 0 dead\n')
	const again = await opened.outbox('drop', opened.id)
	expect([again.exitCode, again.stdout]).toEqual([1, '0 messages were dropped\n'])
	expect(again.stderr).toBe(`mercat: message ${opened.id} is dropped already\n`)
	const shown = await runMercat(['order', 'show', opened.orderId, '--order-db', opened.url])
	expect(shown.stdout).toMatch(/order\.placed to https:\S+, version 1, dropped \S+Z/)
})

test('mercat outbox redirect sends it to another URL', async () => {
	await using opened = await openOutbox()
	const { exitCode, stdout } = await opened.outbox('redirect', opened.id, '--to', 'https://new.example/events')
	expect([exitCode, stdout]).toEqual([
		0,
		'1 message will be sent there once an order service with WEBHOOK_SECRET runs, a minute later at most\n',
	])
	expect((await opened.outbox('list')).stdout).toContain('order.placed to https://new.example/events')
})

test('mercat outbox redrive of a message that is pending says so', async () => {
	await using opened = await openOutbox()
	const { exitCode, stdout, stderr } = await opened.outbox('redrive', opened.id, '999999')
	expect([exitCode, stdout]).toEqual([1, '0 messages will be sent again\n'])
	expect(stderr).toMatch(
		new RegExp(
			`^mercat: message ${opened.id} is pending already: its next attempt is at \\S+Z\nmercat: message 999999 does not exist\n$`,
		),
	)
})

test.each([
	['ftp://new.example', 'It must be an http: or https: URL.'],
	['https://me:secret@new.example/events', 'It must have no password, no blank and no comma.'],
])('mercat outbox redirect asks for a URL such as WEBHOOK_URLS has, and refuses %s', async (to, reason) => {
	const { exitCode, stderr } = await runMercat(['outbox', 'redirect', '1', '--to', to])
	expect(exitCode).toBe(2)
	expect(stderr).toContain(reason)
})

test('mercat outbox list names each webhook that left WEBHOOK_URLS before it had got everything, and what to do', async () => {
	await using copy = await createTestDatabase('postgres', healthy.urls.order)
	{
		await using database = await openDatabase(copy.url, { connectTimeoutMs: 60_000 })
		await database.query(
			`insert into webhook (id, origin, url, types, position, since_position, until_position, ended_at)
			select $1::uuid, 'environment', $2, '{*}', 0, 0, 1, '2026-11-28T10:00:00Z'`,
			[webhookId, url],
		)
	}
	const { stdout } = await runMercat(['outbox', 'list', '--order-db', copy.url])
	expect(stdout).toContain(
		`1 event for webhook ${webhookId} to ${url}, which left WEBHOOK_URLS at 2026-11-28T10:00:00.000Z\n`,
	)
	expect(stdout).toContain('`mercat webhooks delete ID` drops such events')
})
