import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { startReceiver } from './receiver.ts'
import { startDispatching } from './start-dispatching.ts'

describe.each(engines)('a dispatcher that permits public addresses only, on %s', (engine) => {
	test.each([
		['an address', '127.0.0.1', 'the host must not be a private address (loopback)'],
		['a name', 'shop.example', 'the host must not resolve to a private address (loopback)'],
	])('connects to no webhook whose URL leads to this machine by %s', async (_form, host, error) => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using shop = await startDispatching(engine)
		const webhook = await shop.addWebhook(`http://${host}:${receiver.port}/`)
		await using _process = await shop.startProcess({
			allowPrivateWebhooks: false,
			addresses: [{ address: '127.0.0.1', family: 4 }],
		})
		await shop.place(1)
		await eventually(async () => {
			const [delivery] = await shop.deliveries(webhook)
			expect(delivery).toMatchObject({ state: 'pending' })
			expect(delivery?.attempts[0]).toMatchObject({ error })
		})
		expect(receiver.connections()).toBe(0)
	})

	test('still delivers to the URLs of WEBHOOK_URLS', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using shop = await startDispatching(engine)
		await using _process = await shop.startProcess({ urls: [receiver.url], allowPrivateWebhooks: false })
		await shop.place(1)
		await eventually(() => expect(receiver.posted).toHaveLength(1))
	})
})
