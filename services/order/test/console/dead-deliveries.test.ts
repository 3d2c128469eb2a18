import { eventually } from '@mercat/testing/eventually'
import { withBrowser } from '@mercat/testing/with-browser'
import { expect, test } from 'vitest'
import { orderOf, startServices } from '../start-services.ts'
import { giveUpDeliveries } from '../webhooks/give-up-deliveries.ts'
import { openConsole, staffToken } from './open-console.ts'

const env = { CONSOLE: 'true', SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

withBrowser('the screen of what was given up', (browser) => {
	test('dead deliveries are found beside the dead commands', async () => {
		await using services = await startServices('postgres', { env })
		const as = { token: staffToken() }
		const webhook = { url: 'http://127.0.0.1:1/events', description: 'the warehouse' }
		const { body } = await services.request('POST', '/v1/webhooks', { ...as, body: webhook })
		const deliveries = `/v1/webhooks/${body['id']}/deliveries`
		await services.place(orderOf(await services.catalog.createProduct()))
		await eventually(async () =>
			expect((await services.get(deliveries, as)).body['deliveries']).toMatchObject([{ state: 'pending' }]),
		)
		await giveUpDeliveries(services.orderDatabaseUrl)

		await using opened = await openConsole(browser, services.url, '/outbox?state=dead')
		const { page } = opened
		await page
			.getByRole('region', { name: 'Dead deliveries to webhooks' })
			.getByRole('link', { name: webhook.url })
			.click()
		await page.getByRole('cell', { name: 'dead', exact: true }).waitFor()
		opened.expectClean()
	})
})
