import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { openConsole } from './open-console.ts'

withBrowser('a change of stock whose answer was lost', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	/** Opens a product, and loses the answers of its changes in the given ways. The last one goes through. */
	async function openProduct(sku: string, losses: ('made' | 'notMade' | 'limited')[]) {
		await services.catalog.createProduct({ sku, title: `Mug ${sku}`, onHand: 1_000 })
		const opened = await openConsole(browser, services.url, `/products/${sku}`)
		const keys: (string | undefined)[] = []
		await opened.page.route('**/adjust', async (route) => {
			keys.push(route.request().headers()['idempotency-key'])
			const loss = losses.shift()
			if (loss === undefined) return route.continue()
			if (loss === 'limited')
				return route.fulfill({ status: 429, json: { code: 'RATE_LIMITED', detail: 'Too many requests.' } })
			if (loss === 'made') await route.fetch()
			await route.abort()
		})
		const take = async () => {
			await opened.page.getByRole('button', { name: 'Change stock …' }).click()
			await opened.page.getByLabel('Quantity', { exact: true }).fill('5')
			await opened.page.getByLabel('Reason').fill('breakage')
			await opened.page.getByRole('dialog').getByRole('button', { name: 'Change stock' }).click()
			await opened.page.getByText('It is not known whether the stock has changed.').waitFor()
		}
		return Object.assign(opened, { keys, take })
	}

	test('is seen in the level and in the ledger when its dialog is closed with Escape, and is not made twice', async () => {
		await using opened = await openProduct('MADE', ['made'])
		const { page } = opened
		await opened.take()
		await page.keyboard.press('Escape')
		await page.getByText('It is not known whether this change was made: take 5 (breakage).').waitFor()
		await page.getByRole('region', { name: 'Stock', exact: true }).getByText('995').first().waitFor()
		await page.getByRole('row', { name: /adjusted −5 staff breakage/ }).waitFor()
		await inspectScreen(page, 'stock-unsettled')
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByText('Stock changed: 995 on hand').waitFor()
		await page.getByText('It is not known').waitFor({ state: 'detached' })
		expect(await services.catalog.stockOf('MADE')).toMatchObject({ onHand: 995 })
	})

	test('can be tried again from another screen later, with the same key, until its outcome is known', async () => {
		await using opened = await openProduct('NOT-MADE', ['notMade', 'limited'])
		const { page } = opened
		await opened.take()
		await page.keyboard.press('Escape')
		await page.getByText('It is not known whether this change was made: take 5 (breakage).').waitFor()
		await page.getByRole('link', { name: 'Orders' }).click()
		await page.getByRole('heading', { name: 'Orders' }).waitFor()
		await page.goBack()
		await page.getByRole('button', { name: 'Change stock …' }).click()
		expect(await page.getByLabel('Quantity', { exact: true }).inputValue()).toBe('5')
		expect(await page.getByLabel('Quantity', { exact: true }).isEditable()).toBe(false)
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByRole('dialog').getByText('RATE_LIMITED').waitFor()
		await page.getByRole('button', { name: 'Try again' }).click()
		await page.getByRole('row', { name: /adjusted −5 staff breakage/ }).waitFor()
		expect(opened.keys).toHaveLength(3)
		expect(new Set(opened.keys).size).toBe(1)
		expect(await services.catalog.stockOf('NOT-MADE')).toMatchObject({ onHand: 995 })
	})

	test('can be forgotten, and the next change has a key of its own', async () => {
		await using opened = await openProduct('FORGOTTEN', ['notMade'])
		const { page } = opened
		await opened.take()
		await page.keyboard.press('Escape')
		await page.getByRole('button', { name: 'Forget this change' }).click()
		await page.getByRole('button', { name: 'Change stock …' }).click()
		await page.getByLabel('Quantity', { exact: true }).fill('7')
		await page.getByLabel('Reason').fill('lost')
		await page.getByRole('dialog').getByRole('button', { name: 'Change stock' }).click()
		await page.getByRole('row', { name: /adjusted −7 staff lost/ }).waitFor()
		expect(new Set(opened.keys).size).toBe(2)
	})

	test('is made on a page from another host over plain HTTP, where the browser has fewer functions', async () => {
		await using opened = await openProduct('PLAIN', ['made'])
		await opened.page.evaluate('delete Crypto.prototype.randomUUID')
		await opened.take()
		expect(await services.catalog.stockOf('PLAIN')).toMatchObject({ onHand: 995 })
	})
})
