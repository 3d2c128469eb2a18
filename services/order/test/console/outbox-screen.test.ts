import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { openConsole, staffToken } from './open-console.ts'

withBrowser('the screen of the outbox', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const listOf = async (state: string) =>
		(await services.get(`/v1/outbox?state=${state}`, { token: staffToken() })).body.messages

	/** An order that is paid, and whose command the catalog has taken. */
	async function placePaid(): Promise<string> {
		const { body } = await services.place(orderOf(await services.catalog.createProduct()))
		const paid = await services.request('POST', `/v1/orders/${body.id}/pay`, {
			token: staffToken(),
			body: { reference: 'payment-1' },
		})
		expect(paid.status).toBe(200)
		await eventually(async () => expect(await listOf('pending')).toEqual([]))
		return body.id
	}

	/** As if the catalog had refused the commands of an order, or had not answered. */
	async function undo(orderId: string, state: 'dead' | 'pending'): Promise<void> {
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.query(
			`update outbox set state = $2, attempts = 7, next_attempt_at = '2999-01-01', last_error = 'INTERNAL: the catalog has trouble',
				settled_at = case when $2 = 'dead' then clock_timestamp() end where order_id = $1`,
			[orderId, state],
		)
	}

	test('a dead command is sent again from the page, and the catalog takes it', async () => {
		const [one, other, third, waiting] = [await placePaid(), await placePaid(), await placePaid(), await placePaid()]
		for (const orderId of [one, other, third]) await undo(orderId, 'dead')
		await undo(waiting, 'pending')

		await using opened = await openConsole(browser, services.url, '/outbox')
		const { page } = opened
		await page.getByRole('link', { name: other.slice(0, 8) }).waitFor()
		await inspectScreen(page, 'outbox')
		await page.getByRole('button', { name: `Redrive the command of order ${one}` }).click()
		await inspectScreen(page, 'outbox-redrive')
		await page.getByRole('button', { name: 'Send again' }).click()
		await page.getByText('One command is sent again.').waitFor()
		await page.getByRole('link', { name: one.slice(0, 8) }).waitFor({ state: 'detached' })
		await page.getByRole('button', { name: 'Redrive all …' }).click()
		await page.getByRole('button', { name: 'Send again' }).click()
		await page.getByText('2 commands are sent again.').waitFor()
		await page.getByText('No command is dead').waitFor()
		await eventually(async () => {
			expect(await listOf('dead')).toEqual([])
			expect(await listOf('pending')).toMatchObject([{ orderId: waiting }])
		})

		await page.getByRole('button', { name: 'Pending' }).click()
		await page.getByRole('link', { name: waiting.slice(0, 8) }).waitFor()
		expect(await page.getByRole('button', { name: /Redrive/ }).count()).toBe(0)

		await page.getByRole('link', { name: 'Live' }).click()
		await page.getByRole('link', { name: 'Outbox' }).click()
		await page.getByRole('button', { name: 'Pending 1', pressed: true }).waitFor()
		await page.getByRole('button', { name: 'Dead 0' }).waitFor()
		await page.getByRole('link', { name: waiting.slice(0, 8) }).waitFor()
		opened.expectClean()
	})
})
