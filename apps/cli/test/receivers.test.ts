import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExampleReceiver, startExampleReceiver } from './example-receiver.ts'

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`
const secret = newSecret()

// `.ci/run` fails without python3, so that nothing is skipped there.
const hasPython = spawnSync('python3', ['--version']).status === 0

const receivers = [
	{ program: 'receive-webhooks.ts', interpreter: process.execPath, isHere: true, note: '' },
	{
		program: 'receive_webhooks.py',
		interpreter: 'python3',
		isHere: hasPython,
		note: hasPython ? '' : ' (skipped: there is no python3)',
	},
]

describe.each(receivers)('the example $program$note', ({ program, interpreter, isHere }) => {
	const whenHere = test.skipIf(!isHere)
	let receiver: ExampleReceiver

	beforeAll(async () => {
		if (isHere) receiver = await startExampleReceiver(interpreter, program, secret)
	})

	afterAll(() => receiver?.[Symbol.asyncDispose]())

	async function post(body: string, headers: Record<string, string>): Promise<number> {
		const response = await fetch(receiver.url, { method: 'POST', body, headers })
		await response.arrayBuffer()
		return response.status
	}

	/** The lines of an order, after an event of another order. Its line comes last, so all earlier lines are there. */
	async function linesOf(orderId: string): Promise<string[]> {
		const marker = eventOf(randomUUID(), 1)
		await post(marker, signed(marker))
		await eventually(() => expect(receiver.lines.at(-1)).toContain(JSON.parse(marker).subject))
		return receiver.lines.filter((line) => line.includes(orderId))
	}

	whenHere('takes a signed event and prints it', async () => {
		const orderId = randomUUID()
		const body = eventOf(orderId, 1)
		expect(await post(body, signed(body))).toBe(204)
		expect(await linesOf(orderId)).toEqual([`mercat.order.placed.v1 ${orderId} version 1`])
	})

	whenHere('takes an event when the second of its signatures is right', async () => {
		const orderId = randomUUID()
		const body = eventOf(orderId, 1)
		const headers = signed(body)
		const other = signed(body, { by: newSecret() })['webhook-signature']
		expect(await post(body, { ...headers, 'webhook-signature': `${other} ${headers['webhook-signature']}` })).toBe(204)
		expect(await linesOf(orderId)).toHaveLength(1)
	})

	whenHere('takes a body as it came, whatever letters and white space it has', async () => {
		const orderId = randomUUID()
		const body = eventOf(orderId, 1).replace('{', '{ \n"note": "Größe 44 \\u20ac €", ')
		expect(await post(body, signed(body))).toBe(204)
		expect(await linesOf(orderId)).toHaveLength(1)
	})

	whenHere('forgets an event that it has taken before', async () => {
		const orderId = randomUUID()
		const body = eventOf(orderId, 1)
		expect([await post(body, signed(body)), await post(body, signed(body))]).toEqual([204, 204])
		expect(await linesOf(orderId)).toHaveLength(1)
	})

	whenHere('ignores an event that comes after a later event of its order', async () => {
		const orderId = randomUUID()
		for (const version of [1, 3, 2]) {
			const body = eventOf(orderId, version)
			expect(await post(body, signed(body))).toBe(204)
		}
		expect(await linesOf(orderId)).toEqual([
			`mercat.order.placed.v1 ${orderId} version 1`,
			`mercat.order.placed.v1 ${orderId} version 3`,
			`mercat.order.placed.v1 ${orderId} version 2, late: ignored`,
		])
	})

	whenHere('takes every test event, which has no version', async () => {
		const webhookId = randomUUID()
		for (const id of ['msg_test_1', 'msg_test_2']) {
			const body = JSON.stringify({ id, type: 'mercat.webhook.test.v1', subject: webhookId, data: {} })
			expect(await post(body, signed(body))).toBe(204)
		}
		const line = `mercat.webhook.test.v1 ${webhookId} version 0`
		expect(await linesOf(webhookId)).toEqual([line, line])
	})

	const orderId = randomUUID()
	const body = eventOf(orderId, 1)
	const headers = signed(body)
	const { 'webhook-signature': signature, ...unsigned } = headers
	const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

	whenHere.each([
		['that another secret signed', body, signed(body, { by: newSecret() })],
		['that was signed six minutes ago', body, signed(body, { at: ago(6) })],
		['that was signed six minutes from now', body, signed(body, { at: ago(-6) })],
		['whose body has changed', body.replace('placed', 'paid'), headers],
		['whose id has changed', body, { ...headers, 'webhook-id': 'msg_other' }],
		[
			'whose time has changed',
			body,
			{ ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) },
		],
		['whose signature has another version', body, { ...headers, 'webhook-signature': signature.replace('v1', 'v2') }],
		['whose signature is cut', body, { ...headers, 'webhook-signature': signature.slice(0, -2) }],
		['without a signature', body, unsigned],
		['without any header', body, {}],
	])('refuses an event %s', async (_which, changed, sent) => {
		expect(await post(changed, sent)).toBe(401)
		expect(await linesOf(orderId)).toEqual([])
	})

	whenHere('refuses a body that is far larger than an event', async () => {
		const large = body + ' '.repeat(1_000_001)
		// The receiver may answer, or close the connection, before it has read all of the body.
		expect(await post(large, signed(large)).catch(() => 413)).toBe(413)
		expect(await linesOf(orderId)).toEqual([])
	})
})

function eventOf(orderId: string, version: number): string {
	const id = `msg_${orderId}_${version}`
	return JSON.stringify({ id, type: 'mercat.order.placed.v1', subject: orderId, data: { id: orderId, version } })
}

function signed(body: string, { by = secret, at = new Date() } = {}) {
	const { id } = JSON.parse(body) as { id: string }
	return {
		'webhook-id': id,
		'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
		'webhook-signature': new Webhook(by).sign(id, at, body),
	}
}
