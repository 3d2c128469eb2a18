import { inspectScreen } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { expect, test } from 'vitest'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole } from './open-console.ts'

type Page = OpenPage['page']
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const figure = (page: Page, name: string) => page.locator('.figure').filter({ hasText: name }).locator('.figure-value')

withBrowser('the screen Live', (browser) => {
	test('it shows orders and refusals of the last second, counts refusals by code, and draws both', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		const sku = await services.catalog.createProduct()
		await using opened = await openConsole(browser, services.url, '/live')
		const { page } = opened
		await page.getByText('live', { exact: true }).waitFor()
		const customer = newCustomer()
		await expect
			.poll(
				async () => {
					await services.place(orderOf(sku), { token: token(customer) })
					await services.place(orderOf('NO-SUCH-THING'), { token: token(customer) })
					return Number(await figure(page, 'Orders a second').textContent())
				},
				{ timeout: 15_000 },
			)
			.toBeGreaterThan(0)
		await panel(page, 'Refusals in the last minute').getByRole('link', { name: 'UNKNOWN_PRODUCT' }).waitFor()
		await page
			.getByRole('img', { name: /^Orders a second in the last ten minutes: placed now .*at most [1-9]/ })
			.waitFor()
		await inspectScreen(page, 'live')
		opened.expectClean()
	})

	test('a catalog that is down is shown as down', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await using opened = await openConsole(browser, services.url, '/live')
		const { page } = opened
		const catalog = panel(page, 'Services')
			.getByRole('listitem')
			.filter({ hasText: /^Catalog/ })
			.first()
		await catalog.getByText('up', { exact: true }).first().waitFor()
		await services.catalog.stop()
		await catalog.getByText('down', { exact: true }).first().waitFor()
		await catalog.getByText('the catalog is not serving').waitFor()
		await inspectScreen(page, 'live-without-catalog')
		opened.expectClean()
	})

	test('a lost order service is told, and the page goes on by itself when the service is back', async () => {
		const first = await startServices('pglite', { env: { CONSOLE: 'true' } })
		const { port } = first
		await using opened = await openConsole(browser, first.url, '/live')
		const { page } = opened
		await page.getByText('live', { exact: true }).waitFor()
		await first[Symbol.asyncDispose]()
		await page.getByRole('status').getByText('no news').waitFor()
		await panel(page, 'Services').getByText('no news').first().waitFor()
		await inspectScreen(page, 'live-without-news')
		await using second = await startServices('pglite', { env: { CONSOLE: 'true', PORT: String(port) } })
		expect(second.port).toBe(port)
		await page.getByText('live', { exact: true }).waitFor({ timeout: 20_000 })
		expect(page.url()).toBe(`${second.url}/console/#/live`)
	})

	test('a token that may not read the status leads to no request, and the rest of the console stays', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await using opened = await openConsole(browser, services.url, '/live', { token: token('clerk', 'catalog:write') })
		const { page } = opened
		await page.getByText('It needs the scope orders:manage').waitFor()
		await page.getByRole('navigation').getByRole('link', { name: 'Products' }).waitFor()
		expect(opened.requests.filter((url) => url.includes('/v1/'))).toEqual([])
		opened.expectClean()
	})
})
