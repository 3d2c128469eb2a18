import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupplier } from '../feeds/open-supplier.ts'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, press, staffToken } from './open-console.ts'

type Page = OpenPage['page']
const curve = (page: Page) => page.locator('.price-line').getAttribute('d')
const isPressed = (page: Page, name: string) => page.getByRole('button', { name, pressed: true }).waitFor()

withBrowser('the prices of a product', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const supplierOf = (feed: string) => openSupplier(services.catalog.clients, feed)
	const limitsOf = async (sku: string) => (await services.get(`/v1/price-limits/${sku}`, { token: staffToken() })).body

	test('three prices are a curve of three steps, in each range, and a table', async () => {
		const supplier = supplierOf('acme')
		await supplier.sendPrices({ CURVE: 1_000 })
		await supplier.applyPrices({ CURVE: 1_200 })
		await supplier.applyPrices({ CURVE: 900 })
		await using opened = await openConsole(browser, services.url, '/products/CURVE')
		const { page } = opened
		const told = /: now EUR.9.00, at least EUR.9.00, at most EUR.12.00$/
		await page
			.getByRole('img', { name: /^Price in the last 30 days/ })
			.and(page.getByLabel(told))
			.waitFor()
		await isPressed(page, 'Month')
		expect(await curve(page)).toMatch(/^M[\d.]+,[\d.]+(H[\d.]+V[\d.]+){2}H[\d.]+$/)
		await page.getByText('Lowest price of the 30 days before').waitFor()
		await page.getByText(/^EUR.10.00 the price is reduced since/).waitFor()
		for (const [range, words] of [
			['Day', 'in the last 24 hours'],
			['Week', 'in the last 7 days'],
			['All', 'since the beginning'],
		] as const) {
			await press(opened, range)
			await page
				.getByRole('img', { name: `Price ${words}` })
				.and(page.getByLabel(told))
				.waitFor()
			await isPressed(page, range)
		}
		await page.getByText('As a table').focus()
		await page.keyboard.press('Enter')
		const rows = page.getByRole('region', { name: 'Table of prices' }).getByRole('row')
		await rows.nth(3).waitFor()
		expect((await rows.allTextContents()).map((text) => /EUR.*/.exec(text)?.[0])).toEqual([
			undefined,
			'EUR\u00a09.00',
			'EUR\u00a012.00',
			'EUR\u00a010.00',
		])
		await inspectScreen(page, 'product-prices')
		await page.getByRole('img', { name: 'Price since the beginning' }).scrollIntoViewIfNeeded()
		await takePicture(page, 'console-prices')
		opened.expectClean()
	})

	test('the price under the pointer is told', async () => {
		await supplierOf('pointer').sendPrices({ POINT: 1_000 })
		await using opened = await openConsole(browser, services.url, '/products')
		const { page } = opened
		// A product of this test has no older price.
		const older = { price: { amountMinor: 1_100, currency: 'EUR' }, beginsAt: hoursAgo(20), endsAt: hoursAgo(1) }
		await page.route('**/v1/products/POINT/prices?*', async (route) => {
			const answer = await (await route.fetch()).json()
			await route.fulfill({ json: { ...answer, periods: [older, ...answer.periods] } })
		})
		await page.evaluate("location.hash = '#/products/POINT'")
		await press(opened, 'Day')
		const chart = page.getByRole('img', { name: 'Price in the last 24 hours' })
		await chart.and(page.getByLabel(/now EUR.10.00/)).hover({ position: { x: 400, y: 50 } })
		await page.locator('.price-legend').getByText('EUR\u00a011.00', { exact: true }).waitFor()
		await page.getByRole('heading', { name: 'Prices' }).hover()
		await page.locator('.price-legend').getByText('EUR\u00a010.00', { exact: true }).waitFor()
		opened.expectClean()
	})

	test('prices that do not fit on a page are drawn as bars', async () => {
		await supplierOf('busy').sendPrices({ BUSY: 1_000 })
		await using opened = await openConsole(browser, services.url, '/products')
		const { page } = opened
		await page.route('**/v1/products/BUSY/prices?*', async (route) => {
			const isExact = !new URL(route.request().url()).searchParams.has('step')
			const answer = await route.fetch()
			await route.fulfill({ json: { ...(await answer.json()), ...(isExact && { nextPageToken: 'more' }) } })
		})
		await page.evaluate("location.hash = '#/products/BUSY'")
		await page.getByText('The last price of each hour.').waitFor()
		await page.getByRole('img', { name: /now EUR.10.00/ }).waitFor()
		expect(opened.requests.some((url) => url.includes('step=1h'))).toBe(true)
		opened.expectClean()
	})

	test('limits are set, shown, changed and taken away', async () => {
		await supplierOf('limits').sendPrices({ LIMIT: 1_000 })
		await using opened = await openConsole(browser, services.url, '/products/LIMIT')
		const { page } = opened
		const panel = page.getByRole('region', { name: 'Price limits' })
		await panel.getByText('none').first().waitFor()
		await press(opened, 'Change limits …')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.type('8,5')
		await page.keyboard.press('Tab')
		await page.keyboard.type('8')
		await page.getByText('The ceiling cannot be below the floor.').waitFor()
		await inspectScreen(page, 'price-limits')
		await page.keyboard.press('Enter')
		expect(await limitsOf('LIMIT')).toMatchObject({ floor: null, ceiling: null })
		await page.keyboard.type('0.25')
		await page.keyboard.press('Enter')
		await panel.getByText('EUR\u00a080.25').waitFor()
		expect(await limitsOf('LIMIT')).toEqual({
			sku: 'LIMIT',
			floor: { amountMinor: 850, currency: 'EUR' },
			ceiling: { amountMinor: 8_025, currency: 'EUR' },
		})
		await press(opened, 'Change limits …')
		await page.getByLabel('Floor in EUR').fill('')
		await page.getByLabel('Ceiling in EUR').fill('')
		await press(opened, 'Set limits')
		await panel.getByText('EUR\u00a08.50').waitFor({ state: 'detached' })
		expect(await limitsOf('LIMIT')).toMatchObject({ floor: null, ceiling: null })
		opened.expectClean()
	})

	test('without the scope of the catalog the prices are shown, and no limits', async () => {
		await supplierOf('quiet').sendPrices({ QUIET: 1_000 })
		const clerk = token('clerk', 'orders:manage')
		await using opened = await openConsole(browser, services.url, '/products/QUIET', { token: clerk })
		const { page } = opened
		await page.getByRole('img', { name: /now EUR.10.00/ }).waitFor()
		expect(await page.getByRole('region', { name: 'Price limits' }).count()).toBe(0)
		opened.expectClean()
	})
})

function hoursAgo(hours: number): string {
	return new Date(Date.now() - hours * 3_600_000).toISOString()
}
