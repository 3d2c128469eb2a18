import { randomUUID } from 'node:crypto'
import { callUnary } from '@mercat/catalog-api/client'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, press } from './open-console.ts'

withBrowser('the screens of products', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		for (const product of products) await services.catalog.createProduct(product)
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const openScreen = (place: string) => openConsole(browser, services.url, place)
	const adjustBeside = (sku: string, delta: number, reason: string) =>
		callUnary(
			services.catalog.clients.inventory,
			inventoryRpcs.AdjustStock,
			{ sku, delta, reason, requestId: randomUUID() },
			{ timeoutMs: 60_000, token: token('warehouse', 'catalog:write') },
		)

	test('a search follows the typing, and filters narrow it', async () => {
		await using opened = await openScreen('/products')
		const { page } = opened
		await page.getByText('24 products').waitFor()
		await inspectScreen(page, 'products')
		await page.getByRole('combobox', { name: 'Search' }).pressSequentially('stonware mug')
		await page.getByText('Showing results for stoneware mug').waitFor()
		await page.getByText('12 products').waitFor()
		await page.keyboard.press('Escape')
		await page.getByRole('checkbox', { name: 'Lindmora' }).check()
		await page.getByText('6 products').waitFor()
		await page.getByRole('checkbox', { name: 'In stock' }).check()
		await page.getByText('5 products').waitFor()
		await page.getByLabel('Order').selectOption('Price, highest first')
		await page.getByRole('row').nth(1).getByRole('link', { name: 'Stoneware mug 10' }).waitFor()
		expect(new URL(page.url()).hash).toBe(
			'#/products?q=stonware+mug&brand=Lindmora&inStock=true&currency=EUR&orderBy=price+desc',
		)
		await inspectScreen(page, 'products-filtered')
		await page.getByRole('textbox', { name: 'To' }).fill('12.05')
		await page.keyboard.press('Tab')
		await page.getByText('3 products').waitFor()
		await page.getByRole('button', { name: 'Remove all filters' }).click()
		await page.getByText('12 products').waitFor()
		opened.expectClean()
	})

	test('suggestions follow the typing, and the keyboard takes one', async () => {
		await using opened = await openScreen('/products')
		const { page } = opened
		await page.getByRole('combobox', { name: 'Search' }).pressSequentially('stonew')
		await page.getByRole('option', { name: 'stoneware', exact: true }).waitFor()
		await inspectScreen(page, 'product-suggestions')
		await page.keyboard.press('ArrowDown')
		await page.getByRole('listbox').getByRole('option', { name: 'stoneware', selected: true, exact: true }).waitFor()
		await page.keyboard.press('Enter')
		await page.getByText('12 products').waitFor()
		expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('stoneware')
		expect(await page.getByRole('listbox').count()).toBe(0)
		await page.getByRole('combobox', { name: 'Search' }).pressSequentially(' mug 1')
		await page.getByRole('option', { name: 'Stoneware mug 11' }).click()
		await page.getByText('1 product', { exact: true }).waitFor()
		opened.expectClean()
	})

	test('a search that no product fits whole says so', async () => {
		await using opened = await openScreen('/products?q=stoneware+zeppelin')
		const { page } = opened
		await page.getByText('No product has all words. These have some of them.').waitFor()
		await page.getByText('12 products').waitFor()
		opened.expectClean()
	})

	test('products of one group can be shown as one', async () => {
		await using opened = await openScreen('/products?q=lamp')
		const { page } = opened
		await page.getByText('12 products').waitFor()
		await page.getByRole('checkbox', { name: 'One of each group' }).check()
		await page.getByText('1 product', { exact: true }).waitFor()
		opened.expectClean()
	})

	test('a change of stock is seen in the level and in the ledger, also one that another program makes', async () => {
		const sku = 'MUG-1'
		await services.place(orderOf(sku))
		await using opened = await openScreen('/products')
		const { page } = opened
		await page.getByRole('link', { name: 'Stoneware mug 1', exact: true }).click()
		const level = page.getByRole('region', { name: 'Stock', exact: true })
		await level.getByText('1,000').waitFor()
		await level.getByText('999').waitFor()

		await press({ page }, 'Change stock …')
		await page.getByRole('dialog').waitFor()
		await page.keyboard.type('3')
		await page.getByText('On hand 1,000 → 997, available 999 → 996.').waitFor()
		await page.keyboard.press('Tab')
		await page.keyboard.type('lost')
		await inspectScreen(page, 'stock-change')
		await page.keyboard.press('Enter')
		await page.getByRole('row', { name: /adjusted −3 staff lost/ }).waitFor()
		await level.getByText('997').waitFor()
		expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 997, held: 1 })

		await adjustBeside(sku, 40, 'delivery')
		await page.getByRole('button', { name: 'Refresh' }).click()
		await page.getByRole('row', { name: /adjusted \+40 warehouse delivery/ }).waitFor()
		await level.getByText('1,037').waitFor()
		await page.getByText('Stock changed').waitFor({ state: 'detached' })
		await inspectScreen(page, 'product')

		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByRole('radio', { name: 'Set to a count' }).check()
		await page.getByLabel('Quantity on hand').fill('12')
		await page.getByLabel('Reason').fill('counted')
		await page.getByRole('dialog').getByRole('button', { name: 'Change stock' }).click()
		await page.getByRole('row', { name: /set −1,025 staff counted/ }).waitFor()
		expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 12 })
		opened.expectClean()
	})

	test('stock that orders hold cannot be taken, and the dialog tells how much they hold', async () => {
		const sku = 'MUG-2'
		await using opened = await openScreen(`/products/${sku}`)
		const { page } = opened
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByLabel('Quantity', { exact: true }).fill('1000')
		await page.getByLabel('Reason').fill('lost')
		await page.getByText('On hand 1,000 → 0, available 1,000 → 0.').waitFor()
		await services.place(orderOf(sku))
		const confirm = page.getByRole('dialog').getByRole('button', { name: 'Change stock' })
		await confirm.click()
		await page
			.getByText('Orders hold 1 of it, so the quantity on hand cannot be below 1. Nothing was changed.')
			.waitFor()
		await page.getByText('Orders hold 1 of it, so the quantity on hand cannot be below 1.', { exact: true }).waitFor()
		await inspectScreen(page, 'stock-held')
		await page.getByLabel('Quantity', { exact: true }).fill('999')
		await confirm.click()
		await page.getByRole('row', { name: /adjusted −999 staff lost/ }).waitFor()
		expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 1, held: 1 })
		opened.expectClean({ statuses: [409] })
	})

	test('a change whose answer was lost is made once, however often it is confirmed', async () => {
		const sku = 'MUG-3'
		await using opened = await openScreen(`/products/${sku}`)
		const { page } = opened
		let lost = 0
		await page.route('**/adjust', async (route) => {
			await route.fetch()
			if (lost++ < 2)
				await route.fulfill({ status: 503, json: { code: 'CATALOG_UNAVAILABLE', detail: 'The answer is lost.' } })
			else await route.continue()
		})
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByLabel('Quantity', { exact: true }).fill('5')
		await page.getByLabel('Reason').fill('breakage')
		await page.getByRole('dialog').getByRole('button', { name: 'Change stock' }).click()
		await page.getByText('It is not known whether the stock has changed.').waitFor()
		await inspectScreen(page, 'stock-uncertain')
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByText('The answer is lost.').waitFor()
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByRole('row', { name: /adjusted −5 staff breakage/ }).waitFor()
		expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 995 })
		opened.expectClean({ statuses: [503] })
	})

	test('without the scope for the catalog a person sees the product, and the page asks for no stock', async () => {
		const support = token('support', 'orders:manage')
		await using opened = await openConsole(browser, services.url, '/products/MUG-4', { token: support })
		const { page } = opened
		await page.getByRole('heading', { name: 'Stoneware mug 4', level: 1 }).waitFor()
		await page.getByRole('region', { name: 'As customers see it' }).waitFor()
		expect(await page.getByRole('region', { name: 'Stock', exact: true }).count()).toBe(0)
		await page.getByRole('link', { name: 'Products', exact: true }).first().click()
		await page.getByText('24 products').waitFor()
		expect(opened.requests.filter((url) => url.includes('/v1/stock'))).toEqual([])
		opened.expectClean()
		expect((await services.get('/v1/stock/MUG-4', { token: support })).status).toBe(403)
	})
})

const products = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((number) => [
	{
		sku: `MUG-${number}`,
		title: `Stoneware mug ${number}`,
		description: 'Heavy stoneware mug with a speckled glaze.',
		brand: number % 2 === 0 ? 'Lindmora' : 'Oakwell',
		category: 'Home/Kitchen/Tableware',
		attributes: { color: 'speckled grey', capacity: '350 ml' },
		imageUrls: ['https://images.example.com/mercat/mug.jpg'],
		price: { currencyCode: 'EUR', amountMinor: 1_199 + number },
		onHand: number === 12 ? 0 : 1_000,
	},
	{
		sku: `LAMP-${number}`,
		title: `Desk lamp ${number}`,
		brand: 'Halden',
		category: 'Home/Lighting',
		group: 'LAMPS',
		price: { currencyCode: 'EUR', amountMinor: 4_900 + number },
	},
])
