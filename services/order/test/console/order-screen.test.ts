import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { giveUpDeliveries } from '../webhooks/give-up-deliveries.ts'
import { openConsole, pixelsBeyond, press, staffToken } from './open-console.ts'

const env = { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

withBrowser('one order in the console', (browser) => {
	let services: Services
	let receiver: WebhookReceiver
	beforeAll(async () => {
		services = await startServices('postgres', {
			env,
			prepareCatalog: async (catalog) => {
				await catalog.createProduct({ sku: 'MUG-STONE-350', title: 'Stone mug, 350 ml' })
				await catalog.createProduct({ sku: 'BOWL-OAK', title: 'Oak bowl' })
			},
		})
		const { body } = await ask('POST', '/v1/webhooks', {
			url: 'http://127.0.0.1:1/events',
			description: 'the warehouse',
		})
		receiver = await startWebhookReceiver(body['secret'])
		await ask('PATCH', `/v1/webhooks/${body['id']}`, { url: receiver.url })
	})
	afterAll(async () => {
		await receiver?.[Symbol.asyncDispose]()
		await services?.[Symbol.asyncDispose]()
	})

	const ask = (method: string, path: string, body?: unknown) =>
		services.request(method, path, { token: staffToken(), body })
	const openOrder = (id: string) => openConsole(browser, services.url, `/orders/${id}`)
	const transit = (id: string, action: string, reference: string) =>
		ask('POST', `/v1/orders/${id}/${action}`, { reference })

	async function placeOrder(customer = 'ada'): Promise<string> {
		const { body } = await services.place(
			{
				items: [
					{ sku: 'MUG-STONE-350', quantity: 3 },
					{ sku: 'BOWL-OAK', quantity: 1 },
				],
				reference: 'PO-4711',
				metadata: { channel: 'shop' },
				shippingAddress: {
					name: 'Ada Byron',
					line1: '1 Mill Lane',
					city: 'London',
					postalCode: 'N1 9GU',
					country: 'GB',
				},
			},
			{ customer },
		)
		return String(body['id'])
	}

	/** Changes the order database as time and failures would. */
	async function changeDatabase(statement: string, values: unknown[]): Promise<void> {
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.query(statement, values)
	}

	test('staff ships an order with the keyboard alone, and the screen shows all that is known of it', async () => {
		const id = await placeOrder()
		await transit(id, 'pay', 'PAY-1')
		await using opened = await openConsole(browser, services.url, '/orders')
		const { page } = opened
		await page.getByRole('link', { name: id.slice(0, 8) }).focus()
		await page.keyboard.press('Enter')
		await press(opened, 'Ship')
		await page.getByRole('dialog', { name: 'Record that this order was shipped?' }).waitFor()
		await inspectScreen(page, 'order-dialog')
		await page.keyboard.type('PARCEL-77')
		await page.keyboard.press('Enter')
		await page.getByText('The order is shipped.').waitFor()
		await page.getByRole('button', { name: 'Record delivery' }).waitFor()
		expect((await ask('GET', `/v1/orders/${id}`)).body['status']).toBe('shipped')

		const history = page.getByRole('list', { name: 'History of the order' })
		await history.getByText('by staff, reference PARCEL-77').waitFor()
		await history
			.getByText(/^trace/)
			.first()
			.waitFor()
		await page.getByText('Sell the reserved stock').waitFor()
		await page.getByText('The stock is sold to this order.').waitFor()
		await eventually(async () => expect(await page.getByText('delivered', { exact: true }).count()).toBe(3))
		await page.getByText('done', { exact: true }).waitFor()
		await page.getByRole('definition').getByText('PARCEL-77').waitFor()
		await page.getByText('Ada Byron', { exact: true }).waitFor()
		await inspectScreen(page, 'order')
		await page.setViewportSize({ width: 360, height: 800 })
		const lines = page.getByRole('region', { name: 'Lines of the order' })
		expect(await pixelsBeyond(opened, 'Lines of the order')).toBe(0)
		expect(await lines.getByRole('row').count()).toBe(4)
		await lines.scrollIntoViewIfNeeded()
		await takePicture(page, 'order-lines-360')
		opened.expectClean()
	})

	test('a dialog that is closed with Escape changes nothing and gives the focus back', async () => {
		const id = await placeOrder()
		await using opened = await openOrder(id)
		const { page } = opened
		await press(opened, 'Cancel order')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		expect(await page.evaluate('document.activeElement.textContent.trim().slice(0, 40)')).toBe('Cancel order')
		expect((await ask('GET', `/v1/orders/${id}`)).body['status']).toBe('placed')
		opened.expectClean()
	})

	test('an order is not cancelled with a reason of spaces, and the dialog leaves by keeping the order', async () => {
		const id = await placeOrder()
		await using opened = await openOrder(id)
		const { page } = opened
		await page.getByRole('button', { name: 'Cancel order' }).click()
		await page.getByLabel('Reason').fill('   ')
		await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click()
		expect(await page.evaluate("document.querySelector('dialog input').validity.patternMismatch")).toBe(true)
		await page.getByRole('button', { name: 'Keep the order' }).click()
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		expect((await ask('GET', `/v1/orders/${id}`)).body['status']).toBe('placed')
		opened.expectClean()
	})

	test('an order that has changed since staff looked at it is not cancelled', async () => {
		const id = await placeOrder()
		await using opened = await openOrder(id)
		const { page } = opened
		await page.getByRole('button', { name: 'Cancel order' }).click()
		await transit(id, 'pay', 'PAY-2')
		await page.getByLabel('Reason').fill('not wanted')
		await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click()
		await page.getByText(/The order has changed since you looked at it, so nothing was done/).waitFor()
		await page.getByRole('button', { name: 'Ship' }).waitFor()
		expect((await ask('GET', `/v1/orders/${id}`)).body['status']).toBe('paid')
		opened.expectClean({ statuses: [412] })
	})

	test('a cancelled order that was paid tells which payment must be returned, and its stock is given back', async () => {
		const id = await placeOrder()
		await transit(id, 'pay', 'PAY-3')
		await using opened = await openOrder(id)
		const { page } = opened
		await page.getByRole('button', { name: 'Cancel order' }).click()
		await page.getByRole('dialog').getByText('the payment of EUR 51.96 must be returned').waitFor()
		await page.getByRole('dialog').getByText('Mercat does not return it').waitFor()
		await page.getByLabel('Reason').fill('damaged in the store')
		await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click()
		await page.getByText('The payment must be returned.').waitFor()
		await page.getByText('PAY-3').first().waitFor()
		await page.getByText('“damaged in the store”').waitFor()
		await page.getByText('The stock was given back.').waitFor()
		await inspectScreen(page, 'order-cancelled')
		opened.expectClean()
	})

	test('a dead delivery is delivered again from its order', async () => {
		receiver.answerWith(({ event }) => (event.data.customerId === 'grace' ? 500 : 204))
		const id = await placeOrder('grace')
		await using opened = await openOrder(id)
		const { page } = opened
		await page.getByText(/answer 500/).waitFor()
		await giveUpDeliveries(services.orderDatabaseUrl)
		await page.getByText('dead', { exact: true }).waitFor()
		await inspectScreen(page, 'order-dead-delivery')
		receiver.answerWith(() => 204)
		await page.getByRole('button', { name: 'Deliver again' }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Deliver again' }).click()
		await receiver.tookAll(1, id)
		await page.getByText('delivered', { exact: true }).waitFor()
		opened.expectClean()
	})

	test('a dead command to the catalog is sent again from its order', async () => {
		const id = await placeOrder()
		await transit(id, 'pay', 'PAY-4')
		await using opened = await openOrder(id)
		const { page } = opened
		await page.getByText('Sell the reserved stock').waitFor()
		await changeDatabase(
			"update outbox set state = 'dead', next_attempt_at = '2999-01-01', settled_at = clock_timestamp(), last_error = 'RESERVATION_NOT_FOUND' where order_id = $1",
			[id],
		)
		await page.getByText('RESERVATION_NOT_FOUND').waitFor()
		await takePicture(page, 'order-dead-command')
		await page.getByRole('button', { name: 'Send dead commands again' }).click()
		await page.getByRole('button', { name: 'Send again', exact: true }).click()
		await page.getByText('1 command is sent again.').waitFor()
		await page.getByText('RESERVATION_NOT_FOUND').waitFor({ state: 'detached' })
		opened.expectClean()
	})

	test('an order that does not exist leads to the question why', async () => {
		await using opened = await openOrder(randomUUID())
		const { page } = opened
		await page.getByRole('link', { name: 'Ask why there is no such order' }).click()
		await page.getByRole('heading', { name: 'Answer' }).waitFor()
		opened.expectClean({ statuses: [404] })
	})
})
