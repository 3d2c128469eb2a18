import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { createTestDatabase } from '@mercat/testing/test-database'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { giveUpDeliveries } from '../webhooks/give-up-deliveries.ts'
import { openConsole, press, staffToken } from './open-console.ts'

const env = { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

withBrowser('the screens of webhooks', (browser) => {
	let services: Services
	let receiver: WebhookReceiver | undefined
	let sku: string
	beforeEach(async () => {
		services = await startServices('postgres', { env })
		sku = await services.catalog.createProduct()
	})
	afterEach(async () => {
		await receiver?.[Symbol.asyncDispose]()
		receiver = undefined
		await services?.[Symbol.asyncDispose]()
	})

	const openScreen = (place: string) => openConsole(browser, services.url, place)
	const ask = (method: string, path: string, body?: unknown) =>
		services.request(method, path, { token: staffToken(), body })

	/** A webhook whose receiver answers with `status`. */
	async function makeWebhook(status: number, { request } = services) {
		const as = staffToken()
		const made = { url: 'http://127.0.0.1:1/events', description: 'the warehouse' }
		const { body } = await request('POST', '/v1/webhooks', { token: as, body: made })
		receiver = await startWebhookReceiver(body.secret)
		await request('PATCH', `/v1/webhooks/${body.id}`, { token: as, body: { url: receiver.url } })
		receiver.answerWith(() => status)
		return body.id as string
	}

	async function deliveryOf(id: string, state: string, { get } = services) {
		return eventually(async () => {
			const { body } = await get(`/v1/webhooks/${id}/deliveries`, { token: staffToken() })
			expect(body.deliveries).toMatchObject([{ state }])
			return body.deliveries[0].id as string
		})
	}

	test('a dead delivery is redelivered from the page, and the page shows that it has arrived', async () => {
		const id = await makeWebhook(500)
		const placed = await services.place(orderOf(sku))
		const deliveryId = await deliveryOf(id, 'pending')
		await giveUpDeliveries(services.orderDatabaseUrl)
		await using opened = await openScreen('/webhooks')
		const { page } = opened
		await page.getByRole('link', { name: '1 dead' }).waitFor()
		await inspectScreen(page, 'webhooks')
		await page.getByRole('link', { name: receiver!.url }).click()
		await page.getByRole('cell', { name: 'dead', exact: true }).waitFor()
		await page.getByRole('button', { name: `Attempts at delivery ${deliveryId}` }).click()
		const attempts = page.getByRole('dialog')
		await attempts.getByText('HTTP 500').first().waitFor()
		await inspectScreen(page, 'delivery-attempts')
		await attempts.getByRole('button', { name: 'Close' }).click()
		await inspectScreen(page, 'webhook')

		receiver!.answerWith(() => 204)
		await page.getByRole('button', { name: `Redeliver ${deliveryId}` }).click()
		await receiver!.tookAll(1, placed.body.id)
		await page.getByRole('cell', { name: 'delivered', exact: true }).waitFor()
		opened.expectClean()
	})

	test('a paused webhook gets no events until it is resumed from the page', async () => {
		const id = await makeWebhook(204)
		await using opened = await openScreen(`/webhooks/${id}`)
		const { page } = opened
		await page.getByRole('button', { name: 'Pause' }).click()
		await page.getByText('paused', { exact: true }).waitFor()
		expect((await ask('GET', `/v1/webhooks/${id}`)).body.state).toBe('paused')
		const placed = await services.place(orderOf(sku))
		await page.getByRole('button', { name: 'Resume' }).click()
		await page.getByText('active', { exact: true }).waitFor()
		await receiver!.tookAll(1, placed.body.id)
		opened.expectClean()
	})

	test('a webhook is made, tried, changed, given a new secret and deleted with the keyboard alone', async () => {
		const port = await freeReceiver()
		await using opened = await openScreen('/webhooks')
		const { page } = opened
		await page.getByText('There is no webhook').waitFor()
		await press({ page }, 'New webhook …')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.type('ftp://shop.example/')
		await page.keyboard.press('Enter')
		await page.getByRole('alert').getByText('url must').waitFor()
		await page.getByLabel('URL').focus()
		await page.keyboard.press('Control+A')
		await page.keyboard.type(port.url)
		await page.keyboard.press('Enter')
		const secret = (await page.getByText(/^whsec_/).textContent()) ?? ''
		expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
		await page.keyboard.press('Escape')
		await inspectScreen(page, 'webhook-secret')
		await press({ page }, 'I have kept it')
		await page.getByRole('heading', { name: port.url }).waitFor()
		const { id } = (await ask('GET', '/v1/webhooks')).body.webhooks[0]

		await press({ page }, 'Send a test')
		await page.getByText('The receiver took the test event.').waitFor()
		await press({ page }, 'Change …')
		await page.getByRole('textbox', { name: 'Description' }).focus()
		await page.keyboard.type('the partner')
		await page.getByRole('radio', { name: 'Only these' }).focus()
		await page.keyboard.press('Space')
		await page.getByRole('checkbox', { name: 'shipped' }).focus()
		await page.keyboard.press('Space')
		await inspectScreen(page, 'webhook-change')
		await page.keyboard.press('Enter')
		await page.getByText('the partner').waitFor()
		const changed = (await ask('GET', `/v1/webhooks/${id}`)).body
		expect(changed).toMatchObject({ url: port.url, types: ['mercat.order.shipped.v1'], description: 'the partner' })

		await press({ page }, 'Rotate secret …')
		await press({ page }, 'Make a new secret')
		const replaced = (await page.getByText(/^whsec_/).textContent()) ?? ''
		expect(replaced).toMatch(/^whsec_/)
		expect(replaced).not.toBe(secret)
		await press({ page }, 'I have kept it')
		await press({ page }, 'Delete …')
		await press({ page }, 'Delete webhook')
		await page.getByText('There is no webhook').waitFor()
		expect((await ask('GET', '/v1/webhooks')).body.webhooks).toEqual([])
		opened.expectClean({ statuses: [400] })
		await port.stop()
	})

	test('a token that cannot read the log replays after a position, and is offered no time', async () => {
		const id = await makeWebhook(204)
		const placed = await services.place(orderOf(sku))
		await receiver!.tookAll(1)
		await deliveryOf(id, 'delivered')
		const integrator = token('integrator', 'webhooks:manage')
		await using opened = await openConsole(browser, services.url, `/webhooks/${id}`, { token: integrator })
		const { page } = opened
		await page.getByRole('button', { name: 'Replay …' }).click()
		await page.getByRole('dialog').getByText('The webhook is at position').waitFor()
		expect(await page.getByText('All since a time').count()).toBe(0)
		await page.getByLabel('All after the position').fill('0')
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByText('The events after position 0 will be sent again now.').waitFor()
		await eventually(() => expect(receiver!.taken(placed.body.id)).toHaveLength(2))
		expect(opened.requests.filter((url) => url.includes('/v1/events'))).toEqual([])
		opened.expectClean()
	})

	test('the events since a time are replayed from the page', async () => {
		// A service remembers the times of new events, so the first order is of an earlier run.
		await using database = await createTestDatabase('postgres')
		let old: string
		let id: string
		{
			await using before = await startServices('postgres', { env, databaseUrl: database.url })
			id = await makeWebhook(204, before)
			old = (await before.place(orderOf(await before.catalog.createProduct()))).body.id
			await receiver!.tookAll(1)
			await deliveryOf(id, 'delivered', before)
			await setTimeOfPlacing(before, old, '2026-01-02T03:04:05Z')
		}
		await using after = await startServices('postgres', { env, databaseUrl: database.url })
		const recent = (await after.place(orderOf(await after.catalog.createProduct()))).body.id
		await receiver!.tookAll(2)

		await using opened = await openConsole(browser, after.url, `/webhooks/${id}`)
		const { page } = opened
		await page.getByRole('button', { name: 'Replay …' }).click()
		await page.getByLabel(/^Time/).fill('2026-01-03T00:00:00')
		await inspectScreen(page, 'webhook-replay')
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByText('will be sent again now').waitFor()
		await eventually(() => expect(receiver!.taken(recent)).toHaveLength(2))
		expect(receiver!.taken(old)).toHaveLength(1)
		opened.expectClean()
	})
})

async function freeReceiver() {
	return startWebhookReceiver(`whsec_${Buffer.alloc(24, 7).toString('base64')}`)
}

async function setTimeOfPlacing({ orderDatabaseUrl }: Services, orderId: string, time: string): Promise<void> {
	await using database = await openDatabase(orderDatabaseUrl)
	await database.query("update orders set history = jsonb_set(history, '{0,when}', to_jsonb($2::text)) where id = $1", [
		orderId,
		time,
	])
}
