import { randomUUID } from 'node:crypto'
import { callUnary } from '@mercat/catalog-api/client'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupplier } from '../feeds/open-supplier.ts'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, pixelsBeyond, press } from './open-console.ts'

withBrowser('the screen of changes', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const supplierOf = (feed: string) => openSupplier(services.catalog.clients, feed)
	const openLive = async (place = '/changes') => {
		const opened = await openConsole(browser, services.url, place)
		await opened.page.getByText('Live', { exact: true }).last().waitFor()
		await opened.page.getByText(/^as of/).waitFor()
		return opened
	}
	const setStock = (sku: string, onHand: number) =>
		callUnary(
			services.catalog.clients.inventory,
			inventoryRpcs.SetStock,
			{ sku, onHand, requestId: randomUUID() },
			{ timeoutMs: 60_000, token: token('warehouse', 'catalog:write') },
		)

	test('a product, a price and a quantity that another program changes appear by themselves, the newest first', async () => {
		await using opened = await openLive()
		const { page } = opened
		await page.getByText('Nothing has changed yet').waitFor()
		await inspectScreen(page, 'changes-empty')
		const supplier = supplierOf('acme')
		await supplier.sendPrices({ LAMP: 1_000 })
		await page.getByRole('row', { name: /LAMP product EUR.10.00 Product LAMP/ }).waitFor()
		await supplier.applyPrices({ LAMP: 900 })
		await page.getByRole('row', { name: /LAMP price EUR.9.00 lowest of the 30 days before EUR.10.00/ }).waitFor()
		await setStock('LAMP', 1_250)
		await page.getByRole('row', { name: /LAMP available 1,250 can be ordered/ }).waitFor()
		const kinds = await page.locator('tbody td:nth-child(3)').allTextContents()
		// A new product may be told without stock before.
		expect(kinds[0]).toBe('available')
		expect(kinds.filter((kind) => kind !== 'available')).toEqual(['price', 'product'])
		await inspectScreen(page, 'changes')
		await takePicture(page, 'console-changes')
		expect(await pixelsBeyond(opened, 'Changes')).toBe(0)
		opened.expectClean()
	})

	test('only the products that a person names are listed, and no quantities when they are left out', async () => {
		const supplier = supplierOf('named')
		await supplier.sendPrices({ ONE: 1_000, TWO: 1_000 })
		await using opened = await openLive()
		const { page } = opened
		await page.getByLabel('Only these SKUs').fill('ONE/1')
		await page.keyboard.press('Enter')
		await page.getByRole('alert').getByText('ONE/1 is no SKU.').waitFor()
		await inspectScreen(page, 'changes-fault')
		await page.getByLabel('Only these SKUs').fill('ONE, THREE')
		await page.keyboard.press('Enter')
		await page.getByRole('button', { name: 'Watch all' }).waitFor()
		await page.getByLabel('Without quantities').check()
		await eventually(() => expect(new URL(page.url()).hash).toBe('#/changes?skus=ONE%2CTHREE&products=only'))
		await page.getByText(/^as of/).waitFor()
		await setStock('ONE', 7)
		await supplier.applyPrices({ TWO: 1_100 })
		await supplier.applyPrices({ ONE: 1_200 })
		await page.getByRole('row', { name: /ONE price EUR.12.00/ }).waitFor()
		expect(await page.locator('tbody tr').count()).toBe(1)
		opened.expectClean()
	})

	test('a paused list stays, and shows what came meanwhile when a person asks for it', async () => {
		const supplier = supplierOf('paused')
		await supplier.sendPrices({ PAUSE: 1_000 })
		await using opened = await openLive('/changes?skus=PAUSE&products=only')
		const { page } = opened
		await supplier.applyPrices({ PAUSE: 1_010 })
		await page.getByRole('row', { name: /PAUSE price EUR.10.10/ }).waitFor()
		await press(opened, 'Pause')
		await page.getByText('Paused').waitFor()
		await supplier.applyPrices({ PAUSE: 1_020 })
		await page.getByRole('button', { name: 'Show 1 newer change' }).waitFor()
		expect(await page.locator('tbody tr').count()).toBe(1)
		await inspectScreen(page, 'changes-paused')
		await press(opened, 'Show 1 newer change')
		await page.getByRole('row', { name: /PAUSE price EUR.10.20/ }).waitFor()
		await supplier.applyPrices({ PAUSE: 1_030 })
		await page.getByRole('button', { name: 'Show 1 newer change' }).waitFor()
		await press(opened, 'Continue')
		await page.getByRole('row', { name: /PAUSE price EUR.10.30/ }).waitFor()
		opened.expectClean()
	})

	test('a stream that cannot go on where it was says so in the list, and goes on', async () => {
		const supplier = supplierOf('reset')
		await supplier.sendPrices({ RESET: 1_000 })
		await using opened = await openLive('/changes?skus=RESET&products=only')
		const { page } = opened
		await supplier.applyPrices({ RESET: 1_010 })
		await page.getByRole('row', { name: /RESET price EUR.10.10/ }).waitFor()
		// The page comes back with an id that the catalog never gave.
		await page.route('**/v1/product-changes?*', (route) =>
			route.continue({ headers: { ...route.request().headers(), 'last-event-id': 'made-up' } }),
		)
		await setSeen(page, false)
		await setSeen(page, true)
		await page
			.getByRole('row', { name: /missed Changes may be missing here. This page was in the background/ })
			.waitFor()
		await page
			.getByRole('row', { name: /missed Changes may be missing here. The catalog no longer has them/ })
			.waitFor()
		await supplier.applyPrices({ RESET: 1_020 })
		await page.getByRole('row', { name: /RESET price EUR.10.20/ }).waitFor()
		await inspectScreen(page, 'changes-missed')
		opened.expectClean()
	})
})

/** The browser of the tests has no other page that could be in front. */
async function setSeen(page: OpenPage['page'], isSeen: boolean): Promise<void> {
	await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${!isSeen} })
		document.dispatchEvent(new Event('visibilitychange'))`)
}
