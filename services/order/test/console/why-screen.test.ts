import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newCustomer, type Services, startServices } from '../start-services.ts'
import { openConsole, staffToken } from './open-console.ts'

withBrowser('the reasons in the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', {
			env: { CONSOLE: 'true' },
			prepareCatalog: async (catalog) => {
				await catalog.createProduct({ sku: 'MUG-STONE-350', title: 'Stone mug, 350 ml', onHand: 2 })
			},
		})
	})
	afterAll(() => services[Symbol.asyncDispose]())

	/** Refusals are written off the way of their request. */
	async function untilKept(customerId: string): Promise<void> {
		await vi.waitFor(async () => {
			const { body } = await services.get(`/v1/refusals?customerId=${customerId}`, {
				token: staffToken(),
			})
			expect(body['refusals']).toHaveLength(1)
		}, 10_000)
	}

	const fiveMugs = { items: [{ sku: 'MUG-STONE-350', quantity: 5 }] }

	test('a refused order is explained by its key and customer, and by its trace id', async () => {
		const customer = newCustomer()
		const { body } = await services.place(fiveMugs, { customer, key: 'basket-17' })
		await untilKept(customer)
		await using opened = await openConsole(browser, services.url, '/why')
		const { page } = opened
		const sentence = page.getByRole('status').getByText(/OUT_OF_STOCK.*5 of MUG-STONE-350/)
		await page.getByLabel('Order id, trace id, or idempotency key').fill('basket-17')
		await page.getByText('Name its customer.').waitFor()
		await page.getByLabel('Customer (with a key)').fill(customer)
		await page.getByRole('button', { name: 'Why?' }).click()
		await sentence.waitFor()
		await inspectScreen(page, 'why-refused')

		await page.getByLabel('Order id, trace id, or idempotency key').fill(String(body['traceId']))
		await page.getByLabel('Customer (with a key)').fill('')
		await page.keyboard.press('Enter')
		await sentence.waitFor()
		opened.expectClean()
	})
})
