import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { takePicture } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwtSecret } from '../start-catalog.ts'
import { startReceiver } from '../webhooks/receiver.ts'
import { type Shop, startShop } from '../webhooks/start-shop.ts'
import { spawnLoad } from './spawn-load.ts'

const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
const scope = 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write'
const staff = { subject: 'staff', scope, lifetimeMs: 8 * 3_600_000 }
const variables = { JWT_SECRET: jwtSecret }
// The charts of the pictures in docs/images show a minute or more.
const leastEvents = process.env['MERCAT_PICTURES'] === undefined ? 300 : 5_000

withBrowser('the console beside demo-load', (browser) => {
	let resources: AsyncDisposableStack
	let shop: Shop
	let receiver: Awaited<ReturnType<typeof startReceiver>>
	beforeAll(async () => {
		resources = new AsyncDisposableStack()
		shop = resources.use(await startShop({ env: { CONSOLE: 'true' } }))
		receiver = resources.use(await startReceiver())
		await shop.webhooks('create', receiver.url, '--description', 'the warehouse')
	})
	afterAll(() => resources.disposeAsync())

	test('demo-load gives every screen something to see', { timeout: 600_000 }, async () => {
		spawnLoad(['--rate', '25', '--orders', shop.url], variables)
		await using opened = await browser.open(`${shop.url}/console/#token=${signToken(issuer, staff)}`)
		const { page } = opened
		const goTo = async (place: string, heading: string | RegExp) => {
			await page.evaluate(`location.hash = '#${place}'`)
			await page.getByRole('heading', { level: 1, name: heading }).waitFor()
		}
		await eventually(() => expect(receiver.received.length).toBeGreaterThan(leastEvents), {
			timeout: 500_000,
			interval: 200,
		})

		await goTo('/live', 'Live')
		for (const code of ['OUT_OF_STOCK', 'UNKNOWN_PRODUCT', 'PRICE_CHANGED', 'IDEMPOTENCY_KEY_REUSED'])
			await page.getByText(code).first().waitFor()
		await takePicture(page, 'console-live')

		await goTo('/orders', 'Orders')
		for (const status of ['placed', 'paid', 'cancelled'])
			await page.getByRole('cell', { name: status, exact: true }).first().waitFor()
		await takePicture(page, 'console-orders')

		await page.evaluate("location.hash = '#/orders?status=delivered'")
		await page.getByRole('cell', { name: 'delivered', exact: true }).first().waitFor()
		await page.getByRole('region', { name: 'Orders' }).getByRole('link').first().click()
		await page.getByText('deliver-').filter({ visible: true }).first().waitFor()
		await takePicture(page, 'console-order')

		await goTo('/why', 'Why?')
		await page
			.getByRole('link', { name: /refused with OUT_OF_STOCK/ })
			.first()
			.click()
		await page
			.getByRole('status')
			.getByText(/OUT_OF_STOCK/)
			.waitFor()
		await takePicture(page, 'console-why')

		const sold = receiver.received.flatMap(({ body }) => {
			const { type, data } = JSON.parse(body)
			return type === 'mercat.order.delivered.v1' ? data.items : []
		})
		await goTo(`/products/${sold[0].sku}`, sold[0].title)
		await page.getByRole('cell', { name: 'sold', exact: true }).first().waitFor()
		await takePicture(page, 'console-product')

		await goTo('/webhooks', 'Webhooks')
		await page.getByRole('link', { name: receiver.url }).click()
		await page.getByRole('cell', { name: 'delivered' }).first().waitFor()
		await takePicture(page, 'console-webhook')
		opened.expectClean()
	})
})
