import { eventually } from '@mercat/testing/eventually'
import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupplier } from '../feeds/open-supplier.ts'
import { type Services, startServices } from '../start-services.ts'
import { openConsole, pixelsBeyond, press, staffToken } from './open-console.ts'

withBrowser('the screen of held prices', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const openScreen = (place = '/held-prices') => openConsole(browser, services.url, place)
	const supplierOf = (feed: string) => openSupplier(services.catalog.clients, feed)
	const amountOf = async (sku: string) => (await services.get(`/v1/products/${sku}`)).body.price.amountMinor
	const holdsOf = async (sku: string) =>
		(await services.get(`/v1/held-prices?sku=${sku}`, { token: staffToken() })).body.heldPrices

	test('without a held price the page says so, and a new one appears by itself', async () => {
		await using opened = await openScreen()
		const { page } = opened
		await page.getByText('No price is held').waitFor()
		await inspectScreen(page, 'held-prices-empty')
		await supplierOf('acme').holdPrice('FIRST')
		await page.getByRole('link', { name: 'Product FIRST' }).waitFor()
		opened.expectClean()
	})

	test('an approved price is sold at, after a dialog that shows product, source and both prices', async () => {
		await supplierOf('acme').holdPrice('MUG')
		await supplierOf('nordic').sendPrices({ MUG: 980 })
		await using opened = await openScreen()
		const { page } = opened
		await page
			.getByRole('row', { name: /MUG acme .* EUR.10.00 → EUR.1.00 ?−90.%, fell by more than 50.% nordic EUR.9.80/ })
			.waitFor()
		expect(await pixelsBeyond(opened, 'Held prices')).toBe(0)
		await inspectScreen(page, 'held-prices')
		await takePicture(page, 'console-held-prices')
		await page.setViewportSize({ width: 360, height: 800 })
		expect(await pixelsBeyond(opened, 'Held prices')).toBe(0)
		await press(opened, 'Approve EUR\u00a01.00 for MUG')
		const dialog = page.getByRole('dialog')
		for (const fact of ['Product MUG', 'acme', 'EUR\u00a010.00', 'EUR\u00a01.00', '−90\u00a0%'])
			await dialog.getByText(fact, { exact: true }).waitFor()
		await inspectScreen(page, 'held-price-approve')
		await press(opened, 'Sell at EUR\u00a01.00')
		await page.getByText('MUG sells at EUR\u00a01.00 now.').waitFor()
		await page.getByRole('link', { name: 'Product MUG' }).waitFor({ state: 'detached' })
		await eventually(async () => expect(await amountOf('MUG')).toBe(100))
		opened.expectClean()
	})

	test('a key that is pressed when the dialog opens decides nothing', async () => {
		await supplierOf('acme').holdPrice('KEY')
		await using opened = await openScreen()
		const { page } = opened
		await press(opened, 'Approve EUR\u00a01.00 for KEY')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.press('Enter')
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		expect(await holdsOf('KEY')).toHaveLength(1)
		opened.expectClean()
	})

	test('a rejected price is not sold at', async () => {
		await supplierOf('acme').holdPrice('REJECT', 9_000)
		await using opened = await openScreen('/held-prices?source=acme')
		const { page } = opened
		await page.getByRole('row', { name: /REJECT .*\+800.%, rose by more than 50.%/ }).waitFor()
		await press(opened, 'Reject EUR\u00a090.00 for REJECT')
		await inspectScreen(page, 'held-price-reject')
		await press(opened, 'Keep EUR\u00a010.00')
		await page.getByText('REJECT stays at EUR\u00a010.00.').waitFor()
		await page.getByRole('link', { name: 'Product REJECT' }).waitFor({ state: 'detached' })
		expect(await holdsOf('REJECT')).toEqual([])
		opened.expectClean()
	})

	test('after a price has changed, the dialog shows the old, the seen and the new one, and decides no more', async () => {
		const supplier = supplierOf('acme')
		await supplier.holdPrice('MOVED')
		await using opened = await openScreen()
		const { page } = opened
		await press(opened, 'Approve EUR\u00a01.00 for MOVED')
		await supplier.sendPrices({ MOVED: 9_000 })
		await press(opened, 'Sell at EUR\u00a01.00')
		const dialog = page.getByRole('dialog', { name: 'The new price of MOVED has changed' })
		await dialog
			.getByRole('alert')
			.getByText('acme now sends EUR\u00a090.00 (+800\u00a0%) in place of EUR\u00a01.00. Nothing was changed.')
			.waitFor()
		expect(await factsOf(page)).toMatchObject({
			'Price now': 'EUR\u00a010.00',
			'Price that you saw': 'EUR\u00a01.00 −90\u00a0%',
			'New price': 'EUR\u00a090.00',
			Change: '+800\u00a0%',
			'Held because': 'rose by more than 50\u00a0%',
		})
		expect(await dialog.textContent()).not.toMatch(/HOLD_|Sell at/)
		expect(await dialog.getByRole('button').allTextContents()).toEqual(['Close'])
		await eventually(async () => expect(await page.evaluate('document.activeElement.textContent')).toBe('Close'))
		await inspectScreen(page, 'held-price-changed')
		await press(opened, 'Close')
		await dialog.waitFor({ state: 'detached' })
		await press(opened, 'Approve EUR\u00a090.00 for MOVED')
		expect(await amountOf('MOVED')).toBe(1_000)
		await press(opened, 'Sell at EUR\u00a090.00')
		await page.getByText('MOVED sells at EUR\u00a090.00 now.').waitFor()
		opened.expectClean({ statuses: [409] })
	})

	test('a price that somebody else has rejected is not approved, and the dialog says so', async () => {
		await supplierOf('acme').holdPrice('RACE')
		await using opened = await openScreen()
		const { page } = opened
		await press(opened, 'Approve EUR\u00a01.00 for RACE')
		const [{ id, newPrice }] = await holdsOf('RACE')
		const body = { price: newPrice }
		await services.request('POST', `/v1/held-prices/${id}/reject`, { token: staffToken(), body })
		await press(opened, 'Sell at EUR\u00a01.00')
		const dialog = page.getByRole('dialog', { name: 'The new price of RACE waits no longer' })
		await dialog.getByText('Somebody else has rejected a price of this hold meanwhile. Nothing was changed.').waitFor()
		expect(await factsOf(page)).toEqual({
			Product: 'Product RACE',
			Source: 'acme',
			'Price when it was held': 'EUR\u00a010.00',
			'Price that you saw': 'EUR\u00a01.00 −90\u00a0%',
		})
		expect(await dialog.textContent()).not.toContain('HOLD_')
		expect(await dialog.getByRole('button').allTextContents()).toEqual(['Close'])
		await inspectScreen(page, 'held-price-ended')
		opened.expectClean({ statuses: [409] })
	})

	test('a person who has closed the dialog before the answer hears that the price has changed', async () => {
		const supplier = supplierOf('acme')
		await supplier.holdPrice('CLOSED')
		await using opened = await openScreen()
		const { page } = opened
		const answer = Promise.withResolvers<void>()
		await page.route('**/approve', async (route) => {
			await answer.promise
			await route.continue()
		})
		await press(opened, 'Approve EUR\u00a01.00 for CLOSED')
		await supplier.sendPrices({ CLOSED: 9_000 })
		await press(opened, 'Sell at EUR\u00a01.00')
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		answer.resolve()
		await page.getByText(/^acme now sends EUR.90.00 .* Nothing was changed/).waitFor()
		opened.expectClean({ statuses: [409] })
	})

	test('a price in another currency is shown without a percentage', async () => {
		const supplier = supplierOf('dollars')
		await supplier.sendPrices({ DOLLAR: 1_000 })
		await supplier.sendPrices({ DOLLAR: 1_000 }, 'USD')
		await using opened = await openScreen('/held-prices?source=dollars')
		await opened.page.getByRole('row', { name: /EUR.10.00 → USD.10.00 ?another currency/ }).waitFor()
		opened.expectClean()
	})

	test('a rule of the caller is shown as it is, with its figures and the end of the hold', async () => {
		const supplier = supplierOf('ticker')
		await supplier.sendPrices({ TICK: 1_000 })
		const seconds = Math.floor(Date.now() / 1_000) + 7_200
		await supplier.applyPrices({ TICK: 1_100 }, { rule: 'Z_SCORE', figures: { sigma: 4.25 }, until: { seconds } })
		await using opened = await openScreen('/held-prices?source=ticker')
		const { page } = opened
		await page
			.getByRole('row', { name: /TICK ticker .*, dropped in 2 h EUR.10.00 → EUR.11.00 ?Z_SCORE \(sigma 4.25\)/ })
			.waitFor()
		await inspectScreen(page, 'held-price-rule')
		await press(opened, 'Approve EUR\u00a011.00 for TICK')
		await page.getByRole('dialog').waitFor()
		expect(await factsOf(page)).toMatchObject({
			'Held because': 'Z_SCORE (sigma 4.25)',
			'Dropped at': expect.stringMatching(/^\d+ \w+ \d{4}, [\d:]+ UTC$/),
		})
		opened.expectClean()
	})

	test('a price beyond a limit says which one', async () => {
		const supplier = supplierOf('cheap')
		await supplier.sendPrices({ CHEAP: 1_000 })
		const body = { floor: { amountMinor: 950, currency: 'EUR' }, ceiling: null }
		await services.request('PUT', '/v1/price-limits/CHEAP', { token: staffToken(), body })
		await supplier.sendPrices({ CHEAP: 900 })
		await using opened = await openScreen('/held-prices?source=cheap')
		await opened.page.getByRole('row', { name: /EUR.10.00 → EUR.9.00 ?.*below the floor/ }).waitFor()
		opened.expectClean()
	})
})

/** The facts of the open dialog, by name. */
async function factsOf(page: OpenPage['page']): Promise<unknown> {
	return await page.evaluate(`Object.fromEntries([...document.querySelectorAll('dialog[open] .definitions > div')]
		.map((fact) => [fact.querySelector('dt').textContent, fact.querySelector('dd').textContent]))`)
}
