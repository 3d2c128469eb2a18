import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { openConsole } from './open-console.ts'

const attributes = { Price: 'EUR 0.01', Brand: 'Fake' }

withBrowser('texts of others in the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await services.catalog.createProduct({ sku: 'MUG', title: 'Mug', brand: 'Lindmora', attributes })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	test('the metadata of an order stand apart from its facts, whatever their names are', async () => {
		const metadata = { Status: 'PAID', Customer: 'staff', Version: '99' }
		const { body } = await services.place({ ...orderOf('MUG'), metadata })
		await using opened = await openConsole(browser, services.url, `/orders/${body['id']}`)
		const { page } = opened
		const own = page.getByRole('region', { name: 'Metadata from the customer' })
		await own.getByText('PAID', { exact: true }).waitFor()
		await own.getByText('99', { exact: true }).waitFor()
		const facts = page.getByRole('region', { name: 'Facts' })
		expect(await facts.getByText('Customer', { exact: true }).count()).toBe(1)
		expect(await facts.getByText('PAID', { exact: true }).count()).toBe(0)
		await inspectScreen(page, 'order-metadata')
		opened.expectClean()
	})

	test('the attributes of a product stand apart from its own fields', async () => {
		await using opened = await openConsole(browser, services.url, '/products/MUG')
		const { page } = opened
		await page.getByRole('region', { name: 'Attributes' }).getByText('EUR 0.01').waitFor()
		const fields = page.getByRole('region', { name: 'As customers see it' })
		expect(await fields.getByText('EUR 0.01').count()).toBe(0)
		expect(await fields.getByText('Brand', { exact: true }).count()).toBe(1)
		opened.expectClean()
	})

	test('characters that turn the direction of a text around are shown as marks', async () => {
		const { body } = await services.place({
			...orderOf('MUG'),
			metadata: { note: 'to \u202eDIAP\u202c \u2066x\u2069' },
		})
		await using opened = await openConsole(browser, services.url, `/orders/${body['id']}`)
		const { page } = opened
		await page.getByText('to [U+202E]DIAP[U+202C] [U+2066]x[U+2069]', { exact: true }).waitFor()
		expect(await page.locator('body').textContent()).not.toMatch(/\p{Bidi_Control}/u)
		opened.expectClean()
	})
})
