import { eventually } from '@mercat/testing/eventually'
import { takePicture } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantOrders } from '../reading/planted-orders.ts'
import { type Services, startServices } from '../start-services.ts'
import { prepareDatabase } from '../webhooks/prepared-database.ts'
import { openConsole } from './open-console.ts'

withBrowser('many orders in the console', (browser) => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase('postgres', (opened) => opened.query(plantOrders(20_050)))
		services = await startServices('postgres', { databaseUrl: database.url, env: { CONSOLE: 'true' } })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	test('a list of 10,000 orders draws and keeps only the rows in view, and loads more as it is scrolled', async () => {
		await using opened = await openConsole(browser, services.url, '/orders')
		const { page } = opened
		await page.getByRole('button', { name: 'Load more' }).click()
		const table = page.getByRole('region', { name: 'Orders' }).getByRole('table')
		await eventually(async () => {
			await page.evaluate("document.querySelector('.table-region').scrollTop = 1e9")
			expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(10_000)
		})
		expect(await table.locator('tbody tr').count()).toBeLessThan(150)
		// A row has less than 30, and thousands of rows were drawn.
		await eventually(async () => expect(await keptNodes(opened)).toBeLessThan(150 * 30))
		await takePicture(page, 'orders-many')
		await page.getByRole('link', { name: '00000000' }).last().click()
		await page.getByRole('heading', { name: 'Order 00000000' }).waitFor()
		opened.expectClean()
	})

	test('a search that has found nothing so far tells how far it has looked, and looks further', async () => {
		await using opened = await openConsole(browser, services.url, '/orders?sku=RARE')
		const { page } = opened
		await page.getByText('No order that fits was found so far').waitFor()
		await page.getByRole('button', { name: 'Look further back' }).click()
		await page.getByRole('row').getByText('shipped').waitFor()
		opened.expectClean()
	})
})

/** The nodes of the page that its memory holds, in the document or not. */
async function keptNodes({ page }: OpenPage): Promise<number> {
	const debug = await page.context().newCDPSession(page)
	await debug.send('HeapProfiler.collectGarbage')
	return (await debug.send('Memory.getDOMCounters')).nodes
}
