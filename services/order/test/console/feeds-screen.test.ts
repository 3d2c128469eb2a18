import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupplier } from '../feeds/open-supplier.ts'
import { type Services, startServices } from '../start-services.ts'
import { openConsole, pixelsBeyond } from './open-console.ts'

withBrowser('the screens of feeds', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const openScreen = (place: string) => openConsole(browser, services.url, place)
	const supplierOf = (feed: string) => openSupplier(services.catalog.clients, feed)
	const htmlPage =
		'The source answered with an HTML page in place of a feed: https://feeds.example/cut.csv sent text/html with status 200, and nothing of it was applied.'

	test('before the first run the page tells how a feed appears', async () => {
		await using opened = await openScreen('/feeds')
		const { page } = opened
		await page.getByText('No feed has run yet').waitFor()
		await inspectScreen(page, 'feeds-empty')
		opened.expectClean()
	})

	test('a feed appears by itself with its run, and the page tells in full why another one failed', async () => {
		await using opened = await openScreen('/feeds')
		const { page } = opened
		await page.getByRole('heading', { name: 'Feeds', level: 1 }).waitFor()
		const acme = supplierOf('acme')
		await acme.holdPrice('LAMP')
		const runNumber = await acme.begin()
		await page.getByRole('button', { name: 'Refresh' }).click()
		await page.getByRole('row', { name: /running acme/ }).waitFor()
		await acme.finish({ runNumber, outcome: 'FEED_RUN_OUTCOME_HELD', counts: { rows: 2_000, updated: 1_999, held: 1 } })
		await page.getByRole('row', { name: /held acme .* 2,000 0 1/ }).waitFor()
		await supplierOf('broken').run({ outcome: 'FEED_RUN_OUTCOME_FAILED', reason: htmlPage })
		await page.getByRole('region', { name: 'Feeds that did not sync' }).getByText(htmlPage).waitFor()
		await page.getByRole('row', { name: /failed broken .* never/ }).waitFor()
		await inspectScreen(page, 'feeds')
		await takePicture(page, 'console-feeds')
		await page.getByRole('link', { name: '1 held prices of acme' }).click()
		await page.getByText('Only the prices of acme').waitFor()
		await page.getByRole('link', { name: 'Product LAMP' }).waitFor()
		opened.expectClean()
	})

	test('the runs of a feed are shown with their counts and their reasons, and a new one appears by itself', async () => {
		const supplier = supplierOf('history')
		await supplier.run({ counts: { bytes: 81_920, attempts: 1, rows: 10, created: 10 } })
		await supplier.run({
			outcome: 'FEED_RUN_OUTCOME_STOPPED',
			reason: '7 of 10 products are missing: the limit is 20 %',
		})
		await using opened = await openScreen('/feeds')
		const { page } = opened
		await page.getByRole('region', { name: 'Feeds', exact: true }).getByRole('link', { name: 'history' }).click()
		await page.getByRole('row', { name: /^2.* stopped ?7 of 10 products are missing: the limit is 20 %/ }).waitFor()
		await page.getByRole('row', { name: /^1.* synced .* s ?81.9 kB 10 10 0 0 0 0 0/ }).waitFor()
		await supplier.run({ outcome: 'FEED_RUN_OUTCOME_UNCHANGED' })
		await page.getByRole('row', { name: /^3.* unchanged/ }).waitFor()
		expect(await pixelsBeyond(opened, 'Runs')).toBe(0)
		await inspectScreen(page, 'feed')
		opened.expectClean()
	})

	test('where a run has rejected rows, the page tells where they are', async () => {
		const supplier = supplierOf('sloppy')
		await supplier.run({ counts: { rows: 3, created: 3 } })
		await using opened = await openScreen('/feeds/sloppy')
		const { page } = opened
		const note = page.getByText('mercat feeds sync feeds.json --report report.csv')
		await page.getByRole('row', { name: /^1.* synced/ }).waitFor()
		expect(await note.count()).toBe(0)
		await supplier.run({ outcome: 'FEED_RUN_OUTCOME_HELD', counts: { rows: 3, unchanged: 1, rejected: 2 } })
		await note.waitFor()
		await inspectScreen(page, 'feed-rejected')
		await page.getByRole('navigation').getByRole('link', { name: 'Feeds' }).click()
		await page.getByRole('row', { name: /held sloppy .* 3 2 0/ }).waitFor()
		await note.waitFor()
		await inspectScreen(page, 'feeds-rejected')
		opened.expectClean()
	})

	test('a feed that does not exist is told so', async () => {
		await using opened = await openScreen('/feeds/nowhere')
		await opened.page.getByText('FEED_NOT_FOUND').waitFor()
		await inspectScreen(opened.page, 'feed-unknown')
		opened.expectClean({ statuses: [404] })
	})

	test('a list that cannot be renewed stays, and the page says so', async () => {
		await supplierOf('steady').run()
		await using opened = await openScreen('/feeds')
		const { page } = opened
		const row = page.getByRole('row', { name: /synced steady/ })
		await row.waitFor()
		await page.route('**/v1/feeds?*', (route) =>
			route.fulfill({ status: 503, json: { code: 'CATALOG_UNAVAILABLE', detail: 'The catalog does not answer.' } }),
		)
		await page.getByText('The catalog does not answer.').waitFor()
		expect(await row.count()).toBe(1)
		await page.unroute('**/v1/feeds?*')
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByText('The catalog does not answer.').waitFor({ state: 'detached' })
		opened.expectClean({ statuses: [503] })
	})
})
