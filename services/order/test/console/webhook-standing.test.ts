import { eventually } from '@mercat/testing/eventually'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { openConsole, staffToken } from './open-console.ts'

const env = { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

withBrowser('what the console says of a webhook that does not get its events', (browser) => {
	let services: Services
	let receiver: WebhookReceiver
	let id: string
	beforeEach(async () => {
		services = await startServices('postgres', { env })
		const made = { url: 'http://127.0.0.1:1/events', description: 'the warehouse' }
		const { body } = await ask('POST', '/v1/webhooks', made)
		id = body.id
		receiver = await startWebhookReceiver(body.secret)
		await ask('PATCH', `/v1/webhooks/${id}`, { url: receiver.url })
	})
	afterEach(async () => {
		await receiver?.[Symbol.asyncDispose]()
		await services?.[Symbol.asyncDispose]()
	})

	const ask = (method: string, path: string, body?: unknown) =>
		services.request(method, path, { token: staffToken(), body })
	const placeOrder = async () =>
		(await services.place(orderOf(await services.catalog.createProduct()))).body.id as string
	const isPending = (count: number) =>
		eventually(async () => expect((await ask('GET', `/v1/webhooks/${id}`)).body.pending).toBe(count))

	test('a webhook whose receiver fails is called failing, with its answer, and an order says why its event waits', async () => {
		receiver.answerWith(() => 500)
		const orderId = await placeOrder()
		await eventually(async () => {
			expect((await ask('GET', `/v1/webhooks/${id}`)).body.failing).toMatchObject({ lastAttempt: { status: 500 } })
		})
		expect((await ask('POST', `/v1/orders/${orderId}/pay`, { reference: 'payment-1' })).status).toBe(200)
		await isPending(2)

		await using opened = await openConsole(browser, services.url, '/webhooks')
		const { page } = opened
		await page.getByText('failing', { exact: true }).waitFor()
		await page.getByText('2 events wait').waitFor()
		await page.getByText(/^HTTP 500, first .* next/).waitFor()
		await inspectScreen(page, 'webhooks-failing')
		await page.getByRole('link', { name: receiver.url }).click()
		await page.getByText(/^HTTP 500, first .* next/).waitFor()
		await inspectScreen(page, 'webhook-failing')
		await page.evaluate(`location.hash = '#/orders/${orderId}'`)
		await page.getByText('waits behind an earlier event of this order').waitFor()
		opened.expectClean()
	})

	test('a paused webhook tells how much waits, when an event is sent again, and what a replay does', async () => {
		const first = await placeOrder()
		await receiver.tookAll(1, first)
		await eventually(async () => {
			const { deliveries } = (await ask('GET', `/v1/webhooks/${id}/deliveries`)).body
			expect(deliveries).toMatchObject([{ state: 'delivered' }])
		})
		await ask('PATCH', `/v1/webhooks/${id}`, { state: 'paused' })
		const second = await placeOrder()
		await isPending(1)

		await using opened = await openConsole(browser, services.url, `/webhooks/${id}`)
		const { page } = opened
		await page.getByText('1 event waits').waitFor()
		await page.getByRole('button', { name: /^Redeliver/ }).click()
		await page.getByText('The event is sent again after Resume').waitFor()
		await page.getByRole('cell', { name: 'after Resume' }).waitFor()
		await inspectScreen(page, 'webhook-paused')
		await page.getByRole('button', { name: 'Replay …' }).click()
		await page.getByLabel('All after a position').click()
		await page.getByLabel('Position', { exact: true }).fill('999')
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByText('The position must not be beyond the last position, which is 2.').waitFor()
		await page.getByLabel('Position', { exact: true }).fill('1')
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByText('so nothing is sent again').waitFor()
		await page.getByRole('button', { name: 'Replay …' }).click()
		await page.getByLabel('All after a position').click()
		await page.getByLabel('Position', { exact: true }).fill('0')
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByText('The events after position 0 are sent again after Resume.').waitFor()
		await page.evaluate(`location.hash = '#/orders/${second}'`)
		await page.getByText('waits, because the webhook is paused').waitFor()
		opened.expectClean({ statuses: [400] })
	})
})
