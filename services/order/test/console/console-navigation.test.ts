import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, staffToken } from './open-console.ts'

withBrowser('the navigation of the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	test.each([
		['orders:manage', 'Live', ['Live', 'Orders', 'Why?', 'Products', 'Changes', 'Outbox']],
		['catalog:write', 'Products', ['Products', 'Changes', 'Feeds', 'Held prices']],
		['webhooks:manage', 'Webhooks', ['Webhooks']],
		['webhooks:manage catalog:write', 'Products', ['Products', 'Changes', 'Feeds', 'Held prices', 'Webhooks']],
	])('a token with %s starts with %s and has links to the screens that it opens', async (scope, start, links) => {
		await using opened = await browser.open(`${services.url}/console/#token=${token('clerk', scope)}`)
		const { page } = opened
		await page.getByRole('heading', { name: start, level: 1 }).waitFor()
		expect(page.url()).toBe(`${services.url}/console/#/${start.toLowerCase()}`)
		expect(await page.evaluate('history.length')).toBe(2)
		const navigation = page.getByRole('navigation', { name: 'Screens' })
		expect(await navigation.getByRole('link').allTextContents()).toEqual(links)
		for (const link of links) {
			await navigation.getByRole('link', { name: link, exact: true }).click()
			await page.getByRole('heading', { name: link, level: 1 }).waitFor()
		}
		opened.expectClean()
	})

	test('the name of the shop leads to the start', async () => {
		const clerk = token('clerk', 'webhooks:manage')
		await using opened = await openConsole(browser, services.url, '/nowhere', { token: clerk })
		const { page } = opened
		await page.getByText('This address has no screen').waitFor()
		await page.getByRole('link', { name: 'Mercat', exact: true }).click()
		await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor()
	})

	test('a screen that fails tells so, leaves the navigation, and can be loaded again', async () => {
		await using opened = await browser.open(`${services.url}/openapi.json`)
		const { page } = opened
		await page.route('**/console/screens/outbox/outbox-screen.js', (route) =>
			route.fulfill({
				contentType: 'text/javascript',
				body: `let drawn = 0
					export function OutboxScreen() {
						if (drawn++ === 0) throw new Error('no such row')
						return 'The outbox'
					}`,
			}),
		)
		await page.goto(`${services.url}/console/#token=${staffToken()}`)
		await page.getByRole('link', { name: 'Outbox' }).click()
		await page.getByText('This screen failed').waitFor()
		await page.getByText('no such row').waitFor()
		await inspectScreen(page, 'screen-failed')
		await page.getByRole('button', { name: 'Load the screen again' }).click()
		await page.getByText('The outbox').waitFor()
		await page.getByRole('link', { name: 'Why?' }).click()
		await page.getByRole('heading', { name: 'Why?', level: 1 }).waitFor()
	})
})
