import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { openConsole, pixelsBeyond, staffToken } from './open-console.ts'

const sku = 'MUG-STONE-350'
const fiveMugs = { items: [{ sku, quantity: 5 }] }
const reason = /OUT_OF_STOCK.*5 of MUG-STONE-350/
const question = 'Order id, trace id, or idempotency key'

withBrowser('the reasons in the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', {
			env: { CONSOLE: 'true' },
			prepareCatalog: async (catalog) => {
				await catalog.createProduct({ sku, title: 'Stone mug, 350 ml', onHand: 2 })
				await catalog.createProduct({ sku: 'BOWL-OAK', title: 'Oak bowl' })
			},
		})
	})
	afterAll(() => services?.[Symbol.asyncDispose]())

	const openWhy = (query = '') => openConsole(browser, services.url, `/why${query}`)

	/** Asks for more mugs than there are, and waits until the refusal is kept. It is written off the way of its request. */
	async function beRefused(customer: string, key: string = randomUUID()): Promise<string> {
		const { body } = await services.place(fiveMugs, { customer, key })
		await eventually(async () => {
			const kept = await services.get(`/v1/refusals?customerId=${customer}`, { token: staffToken() })
			expect(kept.body['refusals']).toHaveLength(1)
		})
		return String(body['traceId'])
	}

	test('a refused order is explained by its key and customer, by its trace id and by a traceparent', async () => {
		const customer = newCustomer()
		const traceId = await beRefused(customer, 'basket-17')
		await using opened = await openWhy()
		const { page } = opened
		const sentence = page.getByRole('status').getByText(reason)
		await page.getByLabel(question).fill('basket-17')
		await page.keyboard.press('Enter')
		await page.getByRole('alert').getByText('A key belongs to a customer').waitFor()
		await page.getByLabel('Customer (with a key)').fill(customer)
		await page.keyboard.press('Enter')
		await sentence.waitFor()
		await inspectScreen(page, 'why-refused')

		for (const pasted of [traceId, `00-${traceId}-00f067aa0ba902b7-01`]) {
			await page.evaluate("location.hash = '#/why'")
			await sentence.waitFor({ state: 'detached' })
			await page.getByLabel(question).fill(pasted)
			await page.getByRole('button', { name: 'Why?', exact: true }).click()
			await sentence.waitFor()
			expect(page.url()).toContain(`trace=${traceId}`)
		}
		opened.expectClean()
	})

	test('a refusal appears among the refusals, is found by its code and customer, and leads to its reason', async () => {
		await using opened = await openWhy()
		const { page } = opened
		const customer = newCustomer()
		await beRefused(customer)
		await page.getByRole('cell', { name: customer, exact: true }).waitFor()
		await page.getByLabel('Code').fill('price_changed')
		await page.keyboard.press('Enter')
		await page.getByText('No refusal', { exact: true }).waitFor()
		await page.getByLabel('Code').fill('OUT_OF_STOCK')
		await page.getByRole('search', { name: 'Refusals' }).getByLabel('Customer').fill(customer)
		await page.keyboard.press('Enter')
		const way = page.getByRole('link', { name: `Why was the request of ${customer} refused with OUT_OF_STOCK?` })
		await way.waitFor()
		for (const width of [1280, 1024]) {
			await page.setViewportSize({ width, height: 800 })
			expect(await pixelsBeyond(opened, 'Refusals')).toBe(0)
			await takePicture(page, `why-refusals-${width}`)
		}
		await way.click()
		await page.getByRole('status').getByText(reason).waitFor()
		expect(page.url()).toContain(`code=OUT_OF_STOCK&customer=${customer}`)
		await page.getByRole('cell', { name: customer, exact: true }).waitFor()
		opened.expectClean()
	})

	test('a placed order is explained by its id, and the answer leads to the order', async () => {
		const { body } = await services.place(orderOf('BOWL-OAK'))
		const id = String(body['id'])
		await using opened = await openWhy()
		const { page } = opened
		await page.getByLabel(question).fill(id)
		await page.keyboard.press('Enter')
		await page.getByText(/^Placed on/).waitFor()
		await inspectScreen(page, 'why-placed')
		await page.getByRole('link', { name: 'Open the order' }).click()
		await page.getByRole('heading', { name: `Order ${id.slice(0, 8)}` }).waitFor()
		opened.expectClean()
	})

	test('the evidence has the zone of the sentence, and everything else that of the person', async () => {
		const { body } = await services.place(orderOf('BOWL-OAK'))
		await using opened = await openConsole(browser, services.url, `/why?order=${body['id']}`, {
			timeZone: 'Asia/Seoul',
		})
		const { page } = opened
		const times = page.getByRole('list', { name: 'Evidence' }).getByRole('time')
		await times.first().waitFor()
		expect(await times.allTextContents()).toEqual(
			expect.arrayContaining([expect.stringMatching(/^\d+ \w+ \d+, [\d:]+ UTC$/)]),
		)
		expect(await times.first().getAttribute('title')).toMatch(/ GMT\+9 \(.* UTC\)$/)
		await page.getByRole('link', { name: 'Open the order' }).click()
		await page.getByRole('definition').getByRole('time').first().getByText('GMT+9').waitFor()
		opened.expectClean()
	})

	test('a request that never arrived is answered with what may have happened', async () => {
		await using opened = await openWhy(`?trace=${'a'.repeat(32)}`)
		const { page } = opened
		await page.getByText('not known', { exact: true }).waitFor()
		await page.getByText(/^Check the trace id/).waitFor()
		await inspectScreen(page, 'why-unknown')
		opened.expectClean()
	})

	test('an answer goes when the next question is rejected, and comes back with its question', async () => {
		const customer = newCustomer()
		const traceId = await beRefused(customer)
		await using opened = await openWhy()
		const { page } = opened
		const field = page.getByLabel(question)
		await page.locator('#question:focus').waitFor()
		const sentence = page.getByRole('status').getByText(reason)
		await page.keyboard.type(`Checkout failed (trace ${traceId}), help!`)
		await page.keyboard.press('Enter')
		await sentence.waitFor()
		await page.getByRole('region', { name: 'Answer' }).getByText(traceId, { exact: true }).first().waitFor()
		await field.fill(traceId.slice(1))
		await page.keyboard.press('Enter')
		await page.getByRole('alert').getByText('A trace id has 32 digits, this has 31.').waitFor()
		expect(await sentence.count()).toBe(0)
		await inspectScreen(page, 'why-rejected')
		await field.fill(traceId)
		await page.keyboard.press('Enter')
		await sentence.waitFor()
		expect(await page.getByRole('alert').count()).toBe(0)
		opened.expectClean()
	})

	test('a parcel number leads to the order that it belongs to', async () => {
		const { body } = await services.place({ ...orderOf('BOWL-OAK'), reference: 'PARCEL-123' })
		await using opened = await openWhy()
		const { page } = opened
		await page.getByLabel(question).fill('PARCEL-123')
		await page.keyboard.press('Enter')
		await page.getByRole('alert').getByRole('link', { name: 'Orders' }).click()
		await page.getByRole('link', { name: String(body['id']).slice(0, 8) }).waitFor()
		opened.expectClean()
	})

	test('an id in the address that is not whole says what is missing', async () => {
		await using opened = await openWhy('?order=52e1930b')
		await opened.page.getByRole('alert').getByText('An order id has 36 characters, this has 8').waitFor()
		opened.expectClean()
	})
})
