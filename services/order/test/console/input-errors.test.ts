import { eventually } from '@mercat/testing/eventually'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { openConsole } from './open-console.ts'

withBrowser('errors of input in the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32) } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	test('a screen lists the fields at fault, each with a sentence', async () => {
		await using opened = await openConsole(browser, services.url, `/orders?customerId=a%20b&sku=${'x'.repeat(300)}`)
		const { page } = opened
		const alert = page.getByRole('alert')
		await alert
			.getByRole('listitem')
			.filter({ hasText: /^customerId must/ })
			.waitFor()
		await alert
			.getByRole('listitem')
			.filter({ hasText: /^sku must/ })
			.waitFor()
		await inspectScreen(page, 'orders-input-errors')
		opened.expectClean({ statuses: [400] })
	})

	test('a dialog lists the fields at fault', async () => {
		await using opened = await openConsole(browser, services.url, '/webhooks')
		const { page } = opened
		await page.getByRole('button', { name: 'New webhook …' }).click()
		await page.getByLabel('URL').fill('ftp://shop.example/')
		await page.getByRole('button', { name: 'Make webhook' }).click()
		await page
			.getByRole('alert')
			.getByRole('listitem')
			.filter({ hasText: /^url must/ })
			.waitFor()
		await inspectScreen(page, 'dialog-input-errors')
		opened.expectClean({ statuses: [400] })
	})

	test.each([
		['/orders', 'Customer', 'Find', '/v1/orders?customerId'],
		['/why', 'Customer', 'Find', '/v1/refusals?customerId'],
	])('%s asks for no customer with a space in the id', async (place, field, button, requested) => {
		await using opened = await openConsole(browser, services.url, place)
		const { page } = opened
		const input = page.getByLabel(field, { exact: true })
		await input.fill('ada lovelace')
		await page.getByRole('button', { name: button }).click()
		expect(
			await input.evaluate(
				(element) => (element as unknown as { validity: { patternMismatch: boolean } }).validity.patternMismatch,
			),
		).toBe(true)
		await input.fill(' ada ')
		await page.getByRole('button', { name: button }).click()
		await eventually(() => expect(opened.requests.filter((url) => url.includes('customerId=ada'))).not.toEqual([]))
		expect(opened.requests.filter((url) => url.includes(requested) && url.includes('lovelace'))).toEqual([])
		opened.expectClean()
	})

	test('a webhook without a type of event is not sent', async () => {
		await using opened = await openConsole(browser, services.url, '/webhooks')
		const { page } = opened
		await page.getByRole('button', { name: 'New webhook …' }).click()
		await page.getByLabel('URL').fill('https://shop.example/events')
		await page.getByLabel('Only these:').check()
		await page.getByRole('button', { name: 'Make webhook' }).click()
		expect(await page.evaluate("document.querySelector('.types input').validationMessage")).toBe(
			'Choose at least one type of event.',
		)
		await page.getByRole('checkbox', { name: 'shipped' }).check()
		await page.getByRole('button', { name: 'Make webhook' }).click()
		await page.getByText(/^whsec_/).waitFor()
		opened.expectClean()
	})
})
