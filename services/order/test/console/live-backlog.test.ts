import { openDatabase } from '@mercat/database/database'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdLock } from '../observability/troubled-shop.ts'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openConsole, staffToken } from './open-console.ts'

const env = { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

withBrowser('what the screen Live says of work that waits', (browser) => {
	let services: Services
	beforeEach(async () => {
		services = await startServices('postgres', { env })
	})
	afterEach(() => services?.[Symbol.asyncDispose]())

	const placeOrder = async () => services.place(orderOf(await services.catalog.createProduct()))
	const rowOf = (page: OpenPage['page'], text: string) =>
		page.getByRole('region', { name: 'Work that waits' }).getByRole('listitem').filter({ hasText: text })

	test('events that are not in the log after ten seconds are red', async () => {
		await using database = await openDatabase(services.orderDatabaseUrl)
		await using opened = await openConsole(browser, services.url, '/live')
		const row = rowOf(opened.page, 'Events that are not in the log yet')
		await row.waitFor()
		// Nobody else writes the log meanwhile.
		await using lock = await holdLock(services.orderDatabaseUrl, 'select from event_log for update')
		await lock.take()
		await placeOrder()
		await row
			.locator('.faint')
			.getByText(/oldest \d s/)
			.waitFor()
		await database.query("update event_inbox set happened_at = clock_timestamp() - interval '3 min'")
		await row.locator('.bad').getByText('oldest 3 min').waitFor()
		await inspectScreen(opened.page, 'live-unlogged')
		await lock.release()
		await row.locator('.bad').first().waitFor({ state: 'detached' })
		opened.expectClean()
	})

	test('a webhook is named by its host and its description, and by its id where the token opens no webhooks', async () => {
		const made = { url: 'http://127.0.0.1:1/events/secret', description: 'the warehouse' }
		const { body } = await services.request('POST', '/v1/webhooks', { token: staffToken(), body: made })
		await placeOrder()
		await using opened = await openConsole(browser, services.url, '/live')
		await opened.page.getByRole('link', { name: 'To 127.0.0.1:1 (the warehouse)', exact: true }).click()
		await opened.page.getByRole('heading', { name: made.url }).waitFor()
		opened.expectClean()

		await using clerk = await openConsole(browser, services.url, '/live', { token: token('clerk', 'orders:manage') })
		await rowOf(clerk.page, `To webhook ${body.id}`).waitFor()
		expect(clerk.requests.filter((url) => url.includes('/v1/webhooks'))).toEqual([])
		clerk.expectClean()
	})
})
