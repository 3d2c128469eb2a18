import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, staffToken } from './open-console.ts'

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
		await eventually(
			async () => {
				await services.place(orderOf(sku), { token: token(customer) })
				await services.place(orderOf('NO-SUCH-THING'), { token: token(customer) })
				expect(Number(await figure(page, 'Orders a second').textContent())).toBeGreaterThan(0)
			},
			{ interval: 50 },
		)
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

	test('work that has waited for more than a minute is marked, and the chart tells what it measures', async () => {
		await using services = await startServices('postgres', { env: { CONSOLE: 'true' } })
		const { body } = await services.place(orderOf(await services.catalog.createProduct()))
		const pay = { token: staffToken(), body: { reference: 'payment-1' } }
		await services.request('POST', `/v1/orders/${body.id}/pay`, pay)
		await using database = await openDatabase(services.orderDatabaseUrl)
		const wait = (since: string) =>
			database.query(
				`update outbox set state = 'pending', attempts = 3, next_attempt_at = '2999-01-01', settled_at = null,
					created_at = clock_timestamp() - $2::interval where order_id = $1`,
				[body.id, since],
			)
		await using opened = await openConsole(browser, services.url, '/live')
		const { page } = opened
		const row = panel(page, 'Work that waits').getByRole('listitem').filter({ hasText: 'To the catalog' })
		await wait('30 s')
		await row.getByText(/oldest \d\d s/).waitFor()
		expect(await row.locator('.bad').count()).toBe(0)
		await wait('3 min')
		await row.locator('.bad').getByText('oldest 3 min').waitFor()
		await panel(page, 'Time to answer an order, in ms').waitFor()
		await inspectScreen(page, 'live-late')
		opened.expectClean()
	})

	test('a lost order service is told, and the page goes on by itself when the service is back', async () => {
		const first = await startServices('pglite', { env: { CONSOLE: 'true' } })
		const { port } = first
		await using opened = await openConsole(browser, first.url, '/live')
		const { page } = opened
		await page.getByText('live', { exact: true }).waitFor()
		const isClosed = first[Symbol.asyncDispose]()
		// A status that is late would be told only after 3.5 s.
		await page.getByRole('status').getByText('no news').waitFor({ timeout: 3_000 })
		await isClosed
		await panel(page, 'Services').getByText('no news').first().waitFor()
		const pills = await panel(page, 'Services').locator('.pill').allTextContents()
		expect(pills).toEqual(['no news', 'no news'])
		await inspectScreen(page, 'live-without-news')
		await using second = await startServices('pglite', { env: { CONSOLE: 'true', PORT: String(port) } })
		expect(second.port).toBe(port)
		await page.getByText('live', { exact: true }).waitFor()
		expect(page.url()).toBe(`${second.url}/console/#/live`)
	})

	test('a person who finds all streams taken sees a status every two seconds, until there is a stream again', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true', MAX_STREAMS: '1' } })
		const watcher = new AbortController()
		await openStream(services, watcher.signal)
		await using opened = await openConsole(browser, services.url, '/live')
		const { page } = opened
		await page.getByRole('status').getByText('Every 2 s').waitFor()
		await page.getByText('live', { exact: true }).waitFor()
		const isAnswered = () => page.waitForResponse((answer) => answer.url().endsWith('/v1/status') && answer.ok())
		await isAnswered()
		await isAnswered()
		await inspectScreen(page, 'live-without-stream')
		watcher.abort()
		await page.getByRole('status').getByText('Every 2 s').waitFor({ state: 'detached' })
		await page.getByText('live', { exact: true }).waitFor()
		opened.expectClean({ statuses: [429] })
	})

	test('a page that nobody sees has no stream, and opens one when it is seen again', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await using opened = await openConsole(browser, services.url, '/live')
		const { page } = opened
		await page.getByText('live', { exact: true }).waitFor()
		const streams = async () =>
			(await services.get('/v1/status', { token: token('watch', 'orders:manage') })).body.streams
		const show = (isSeen: boolean) =>
			page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${!isSeen} })
				document.dispatchEvent(new Event('visibilitychange'))`)
		await eventually(async () => expect(await streams()).toBe(1))
		await show(false)
		await eventually(async () => expect(await streams()).toBe(0))
		await show(true)
		await eventually(async () => expect(await streams()).toBe(1))
		await page.getByText('live', { exact: true }).waitFor()
		opened.expectClean()
	})

	test('a token that cannot read the status leads to no request for it', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await using opened = await openConsole(browser, services.url, '/live', { token: token('clerk', 'catalog:write') })
		const { page } = opened
		await page.getByText('It needs the scope orders:manage').waitFor()
		expect(opened.requests.filter((url) => url.includes('/v1/status'))).toEqual([])
		opened.expectClean()
	})
})

/** Opens a stream of statuses that stays until the signal aborts. */
async function openStream({ url }: Services, signal: AbortSignal): Promise<void> {
	const { status } = await fetch(`${url}/v1/status/stream`, {
		headers: { authorization: `Bearer ${staffToken()}` },
		signal,
	})
	expect(status).toBe(200)
}
