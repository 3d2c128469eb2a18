import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { openConsole } from './open-console.ts'

withBrowser('the orders of the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', {
			env: { CONSOLE: 'true' },
			prepareCatalog: async (catalog) => {
				await catalog.createProduct({ sku: 'MUG', title: 'Stone mug' })
			},
		})
	})
	afterAll(() => services[Symbol.asyncDispose]())

	test('an order that is placed elsewhere appears within a second', async () => {
		await using opened = await openConsole(browser, services, '/orders')
		const { page } = opened
		await page.getByRole('heading', { name: 'Orders' }).waitFor()
		await page.getByText('No order fits').waitFor()
		const { body } = await services.place(orderOf('MUG'))
		await page.getByRole('link', { name: String(body['id']).slice(0, 8) }).waitFor({ timeout: 1_000 })
		await inspectScreen(page, 'orders')
		opened.expectClean()
	})
})
