import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startReceiver } from './receiver.ts'
import { type Shop, startShop } from './start-shop.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}'
const noWebhook = '00000000-0000-4000-8000-000000000000'

let shop: Shop
let receiver: Awaited<ReturnType<typeof startReceiver>>

beforeAll(async () => {
	shop = await startShop()
})

beforeEach(async () => {
	receiver = await startReceiver()
	return async () => {
		const { stdout } = await shop.webhooks('list')
		for (const line of lines(stdout)) await shop.webhooks('delete', line.slice(0, 36))
		await receiver[Symbol.asyncDispose]()
	}
})

afterAll(() => shop?.[Symbol.asyncDispose]())

const lines = (text: string) => text.split('\n').filter(Boolean)

/** Runs a command that must succeed, and returns its lines. */
async function run(...args: string[]): Promise<string[]> {
	const { exitCode, stdout, stderr } = await shop.webhooks(...args)
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
	return lines(stdout)
}

async function create(...options: string[]): Promise<{ id: string; secret: string }> {
	const [webhook = '', secret = ''] = await run('create', receiver.url, ...options)
	return { id: webhook.slice(0, 36), secret: secret.slice('secret '.length) }
}

/** Waits for the `count`th event of an order, and returns its headers and body. */
async function eventOf(orderId: string, count = 1) {
	await eventually(() => expect(receiver.of(orderId).length).toBeGreaterThanOrEqual(count))
	return receiver.of(orderId)[count - 1]!
}

async function deliveredTo(id: string, count: number): Promise<string[]> {
	await eventually(async () => expect(await run('deliveries', id, '--state', 'delivered')).toHaveLength(count), {
		interval: 100,
	})
	return run('deliveries', id, '--state', 'delivered')
}

test('a webhook that is created gets the events, which the printed secret verifies', async () => {
	const [webhook, secret = '', ...more] = await run('create', receiver.url, '--description', 'the warehouse')
	expect(webhook).toMatch(
		new RegExp(`^${uuid}  active, \\*, tried through position \\d+, to ${receiver.url}: the warehouse$`),
	)
	expect(secret).toMatch(/^secret whsec_\S+$/)
	expect(more).toEqual([])
	const { headers, body } = await eventOf(await shop.placeOrder())
	new Webhook(secret.slice('secret '.length)).verify(body, headers)
})

test('a webhook with types gets events of these types only', async () => {
	await create('--types', 'mercat.order.paid.v1,mercat.order.cancelled.v1')
	expect(await run('list')).toEqual([expect.stringContaining('mercat.order.paid.v1,mercat.order.cancelled.v1')])
	const orderId = await shop.placeOrder()
	await shop.cancelOrder(orderId)
	const { body } = await eventOf(orderId)
	expect(JSON.parse(body).type).toBe('mercat.order.cancelled.v1')
})

test('list prints a line for each webhook, without its secret', async () => {
	const made = [await create(), await create('--description', 'two')]
	const listed = await run('list')
	expect(listed.map((line) => line.slice(0, 36)).toSorted()).toEqual(made.map(({ id }) => id).toSorted())
	expect(listed.join()).not.toContain('whsec_')
})

test('list tells which webhook fails, since when and why', async () => {
	const { id } = await create()
	receiver.answerWith(500, 'try later')
	await shop.placeOrder()
	const failing = new RegExp(
		`^${id}  active, \\*, tried through position \\d+, fails since \\S+Z, 1 delivery pending, the last attempt: status 500 in .+, to ${receiver.url}$`,
	)
	await eventually(async () => expect(await run('list')).toEqual([expect.stringMatching(failing)]), { interval: 100 })
})

test('change changes what it is told, and nothing else', async () => {
	const { id } = await create('--description', 'before')
	const [changed] = await run('change', id, '--url', `${receiver.url}/other`, '--types', 'mercat.order.paid.v1')
	expect(changed).toMatch(new RegExp(`^${id}  active, mercat.order.paid.v1, .*, to ${receiver.url}/other: before$`))
	const [again] = await run('change', id, '--types', '*', '--description', '')
	expect(again).toMatch(new RegExp(`^${id}  active, \\*, .*, to ${receiver.url}/other$`))
})

test('a paused webhook gets its events after it was resumed', async () => {
	const { id } = await create()
	expect(await run('pause', id)).toEqual([expect.stringMatching(`^${id}  paused, `)])
	const orderId = await shop.placeOrder()
	expect(receiver.of(orderId)).toEqual([])
	expect(await run('resume', id)).toEqual([expect.stringMatching(`^${id}  active, `)])
	await eventOf(orderId)
})

test('a deleted webhook is gone', async () => {
	const { id } = await create()
	expect(await run('delete', id)).toEqual([`${id}  deleted`])
	expect(await shop.webhooks('list')).toEqual({ exitCode: 0, stdout: '', stderr: 'mercat: there are no webhooks\n' })
})

test('rotate prints a new secret, and the old one also signs', async () => {
	const { id, secret } = await create()
	const [webhook, rotated = ''] = await run('rotate', id)
	expect(webhook).toMatch(`${id}  active`)
	expect(rotated).toMatch(/^secret whsec_\S+$/)
	expect(rotated).not.toContain(secret)
	const { headers, body } = await eventOf(await shop.placeOrder())
	new Webhook(secret).verify(body, headers)
	new Webhook(rotated.slice('secret '.length)).verify(body, headers)
})

test('test sends an event, and succeeds when the receiver takes it', async () => {
	const { id } = await create()
	expect(await run('test', id)).toEqual([
		expect.stringMatching(`^${id}  the test event was delivered: status 204 in \\d+ ms$`),
	])
	expect(receiver.received).toHaveLength(1)
})

test('test fails, and shows the answer, when the receiver refuses the event', async () => {
	const { id } = await create()
	receiver.answerWith(500, 'try\nlater \u001b[31m')
	const { exitCode, stdout, stderr } = await shop.webhooks('test', id)
	expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
	expect(lines(stdout)).toEqual([expect.stringContaining(`${id}  the test event was not delivered: status 500 in `)])
	expect(stdout).toContain('answer "try\\nlater \\u001b[31m"')
})

test('replay delivers the events after a position again', async () => {
	const { id } = await create()
	const orderId = await shop.placeOrder()
	await eventOf(orderId)
	expect(await run('replay', id, '--after', '0')).toEqual([expect.stringContaining(id)])
	const again = await eventOf(orderId, 2)
	expect(again.headers['webhook-id']).toBe(`msg_${orderId}_1`)
})

test('deliveries lists a line for each event, and redeliver delivers one again', async () => {
	const { id } = await create()
	const orderIds = [await shop.placeOrder(), await shop.placeOrder()]
	const [latest = '', earlier = ''] = await deliveredTo(id, 2)
	const form = (orderId: string | undefined) =>
		new RegExp(
			`^\\d+  delivered, mercat.order.placed.v1 of order ${orderId}, 1 attempt, the last at \\S+: status 204 in \\d+ ms$`,
		)
	expect(latest).toMatch(form(orderIds[1]))
	expect(earlier).toMatch(form(orderIds[0]))
	const delivery = earlier.split(' ')[0] as string
	expect(await run('redeliver', id, delivery)).toEqual([expect.stringMatching(`^${delivery}  `)])
	const again = await eventOf(orderIds[0] as string, 2)
	expect(again.headers['webhook-id']).toBe(`msg_${orderIds[0]}_1`)
})

test('deliveries lists as many as asked, and says that there are more', async () => {
	const { id } = await create()
	for (let count = 0; count < 3; count++) await shop.placeOrder()
	const [latest] = await deliveredTo(id, 3)
	const { exitCode, stdout, stderr } = await shop.webhooks('deliveries', id, '--limit', '1')
	expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${latest}\n` })
	expect(stderr).toBe('mercat: there are more deliveries; --limit lists more than 1\n')
	expect(await run('deliveries', id, '--state', 'dead')).toEqual([])
})

test('the token in MERCAT_TOKEN is used', async () => {
	const list = ['webhooks', 'list', '--orders', shop.url]
	const { exitCode } = await runMercat(list, { MERCAT_TOKEN: shop.token('webhooks:manage') })
	expect(exitCode).toBe(0)
	const refused = await runMercat(list, { MERCAT_TOKEN: shop.token('orders:manage') })
	expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
	expect(refused.stderr).toMatch(/^mercat: FORBIDDEN: .*webhooks:manage.*\n$/)
})

test.each([
	['WEBHOOK_NOT_FOUND', () => ['delete', noWebhook]],
	['WEBHOOK_NOT_FOUND', () => ['test', randomUUID()]],
	['INVALID_REQUEST', () => ['create', 'http://user@shop.example/events']],
	['INVALID_REQUEST', () => ['create', receiver.url, '--types', 'mercat.order.lost.v1']],
])('a refusal is one line with the code %s', async (code, args) => {
	const { exitCode, stdout, stderr } = await shop.webhooks(...args())
	expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
	expect(stderr).toMatch(new RegExp(`^mercat: ${code}: .+\n$`))
})

test('a refusal names each place at fault', async () => {
	const { stderr } = await shop.webhooks('create', receiver.url, '--types', 'mercat.order.lost.v1,order.paid')
	expect(stderr).toMatch(/^mercat: INVALID_REQUEST: #\/types\/0 must .+; #\/types\/1 must .+\n$/)
})
