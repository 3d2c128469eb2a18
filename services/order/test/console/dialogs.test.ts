import { eventually } from '@mercat/testing/eventually'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { openConsole, press, staffToken } from './open-console.ts'

withBrowser('the dialogs of the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32) } })
		await services.catalog.createProduct({ sku: 'MUG', title: 'Mug' })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const focused = 'document.activeElement.tagName'
	async function openOrder() {
		const { body } = await services.place(orderOf('MUG'))
		const id = String(body['id'])
		return Object.assign(await openConsole(browser, services.url, `/orders/${id}`), { id })
	}
	async function openSecret() {
		const opened = await openConsole(browser, services.url, '/webhooks')
		await press(opened, 'New webhook …')
		await opened.page.getByLabel('URL').fill('https://shop.example/events')
		await opened.page.keyboard.press('Enter')
		await opened.page.getByText(/^whsec_/).waitFor()
		return opened
	}

	test('after a transition the focus is on the heading', async () => {
		await using opened = await openOrder()
		const { page } = opened
		await press(opened, 'Record payment')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.type('PAY-1')
		await page.keyboard.press('Enter')
		await page.getByRole('button', { name: 'Ship' }).waitFor()
		await eventually(async () => expect(await page.evaluate(focused)).toBe('H1'))
		opened.expectClean()
	})

	test('Enter in the reason does not cancel an order: the button does', async () => {
		await using opened = await openOrder()
		const { page } = opened
		await press(opened, 'Cancel order')
		await page.getByLabel('Reason').fill('ordered twice')
		await page.keyboard.press('Enter')
		const statusOf = async () => (await services.get(`/v1/orders/${opened.id}`, { token: staffToken() })).body.status
		expect(await statusOf()).toBe('placed')
		await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click()
		await page.getByText('The order is cancelled.').waitFor()
		expect(await statusOf()).toBe('cancelled')
		opened.expectClean()
	})

	test('the focus is on the heading, too, when the button of an open dialog has gone', async () => {
		await using opened = await openOrder()
		const { page } = opened
		await press(opened, 'Record payment')
		await page.getByRole('dialog').waitFor()
		await services.request('POST', `/v1/orders/${opened.id}/pay`, { token: staffToken(), body: { reference: 'PAY-2' } })
		await page.getByText('Ship', { exact: true }).waitFor()
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		await eventually(async () => expect(await page.evaluate(focused)).toBe('H1'))
		opened.expectClean()
	})

	test('a form that has become complete can be sent before the browser paints again', async () => {
		await using opened = await openConsole(browser, services.url, '/products/MUG')
		const { page } = opened
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByLabel('Quantity', { exact: true }).fill('1')
		await page.getByText(/On hand .* → /).waitFor()
		const isValid = await page.evaluate(`(async () => {
			const reason = document.querySelector('dialog[open] [name=reason]')
			const before = reason.form.checkValidity()
			reason.value = 'lost'
			reason.dispatchEvent(new Event('input', { bubbles: true }))
			// The page draws in a microtask, and the browser paints in a later task.
			for (let turn = 0; turn < 10; turn++) await undefined
			return [before, reason.form.checkValidity()]
		})()`)
		expect(isValid).toEqual([false, true])
		opened.expectClean()
	})

	test('two clicks at once send one request', async () => {
		await using opened = await openConsole(browser, services.url, '/products/MUG')
		const { page } = opened
		const keys: unknown[] = []
		page.on('request', (request) => request.method() === 'POST' && keys.push(request.headers()['idempotency-key']))
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByLabel('Quantity', { exact: true }).fill('1')
		await page.getByLabel('Reason').fill('lost')
		await page.getByText(/On hand .* → /).waitFor()
		await page.evaluate("{ const b = document.querySelector('dialog[open] [type=submit]'); b.click(); b.click() }")
		await page.getByRole('row', { name: /adjusted −1 staff lost/ }).waitFor()
		expect(keys).toHaveLength(1)
		opened.expectClean()
	})

	test('a toast is above an open dialog and is announced in it', async () => {
		await using opened = await openSecret()
		const { page } = opened
		await page.getByRole('button', { name: 'Copy the secret' }).click()
		const toast = page.getByRole('dialog').getByRole('status').locator('.toast')
		await toast.waitFor()
		const { x, y } = (await toast.boundingBox())!
		expect(await page.evaluate(`document.elementFromPoint(${x + 20}, ${y + 12}).className`)).toMatch(/^toast /)
		expect(await page.locator('.toast').count()).toBe(1)
		opened.expectClean()
	})

	test('a new secret is lost neither with Escape nor with the way back', async () => {
		await using opened = await openSecret()
		const { page } = opened
		for (let time = 0; time < 3; time++) await page.keyboard.press('Escape')
		await page.getByRole('alert').getByText('Have you kept the secret?').waitFor()
		for (const place of ['history.back()', "location.hash = '#/orders'", 'history.back()']) {
			await page.evaluate(`new Promise((left) => { addEventListener('hashchange', left, { once: true }); ${place} })`)
			await eventually(() => expect(new URL(page.url()).hash).toBe('#/webhooks'))
			expect(await page.getByText(/^whsec_/).isVisible()).toBe(true)
			expect(await page.getByRole('heading', { name: 'Webhooks', includeHidden: true }).count()).toBe(1)
		}
		await page.getByRole('button', { name: 'I have kept it' }).click()
		await page.getByRole('heading', { name: 'https://shop.example/events' }).waitFor()
		opened.expectClean()
	})
})
