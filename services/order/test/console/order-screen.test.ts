import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { openConsole, staffToken } from './open-console.ts'

withBrowser('one order in the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', {
			env: { CONSOLE: 'true' },
			prepareCatalog: async (catalog) => {
				await catalog.createProduct({ sku: 'MUG-STONE-350', title: 'Stone mug, 350 ml' })
				await catalog.createProduct({ sku: 'BOWL-OAK', title: 'Oak bowl' })
			},
		})
	})
	afterAll(() => services[Symbol.asyncDispose]())

	async function placeOrder(): Promise<string> {
		const { body } = await services.place({
			items: [
				{ sku: 'MUG-STONE-350', quantity: 3 },
				{ sku: 'BOWL-OAK', quantity: 1 },
			],
			reference: 'PO-4711',
			metadata: { channel: 'shop' },
			shippingAddress: { name: 'Ada Byron', line1: '1 Mill Lane', city: 'London', postalCode: 'N1 9GU', country: 'GB' },
		})
		return String(body['id'])
	}

	test('staff ships an order with the keyboard alone', async () => {
		const id = await placeOrder()
		await services.request('POST', `/v1/orders/${id}/pay`, {
			token: staffToken(),
			body: { reference: 'PAY-1' },
		})
		await using opened = await openConsole(browser, services.url, '/orders')
		const { page } = opened
		await page.getByRole('link', { name: id.slice(0, 8) }).focus()
		await page.keyboard.press('Enter')
		await page.getByRole('button', { name: 'Ship' }).focus()
		await page.keyboard.press('Enter')
		await page.getByRole('dialog', { name: 'Record that this order was shipped?' }).waitFor()
		await inspectScreen(page, 'order-dialog')
		await page.keyboard.type('PARCEL-77')
		await page.keyboard.press('Enter')
		await page.getByText('The order is shipped.').waitFor()
		await page.getByRole('button', { name: 'Record delivery' }).waitFor()
		await inspectScreen(page, 'order')
		const { body } = await services.get(`/v1/orders/${id}`, { token: staffToken() })
		expect(body['status']).toBe('shipped')
		opened.expectClean({ statuses: [404] })
	})
})
