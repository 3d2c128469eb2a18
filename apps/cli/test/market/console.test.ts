import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Exchange, startExchange } from '@mercat/market-exchange/exchange'
import { inspectScreen, takePicture } from '@mercat/testing/inspect-screen'
import { runMercat } from '@mercat/testing/run-mercat'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { copyEmptyDatabases, type StartedMercat, startMercat } from '../start/start-mercat.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })

const sku = 'MUG-STONE-350'
const category = 'Home/Kitchen/Tableware'
const source = 'supplier'

withBrowser('the market in the console', (browser) => {
	let folder: string
	let exchange: Exchange
	let mercat: StartedMercat
	let rest: string
	let market: string
	let staff: string
	let order: string[]

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'mercat-market-console-'))
		exchange = await startExchange()
		const sources = join(folder, 'sources.json')
		writeFileSync(sources, JSON.stringify({ sources: [{ name: source, url: exchange.url, allowPrivate: true }] }))
		copyEmptyDatabases(join(folder, 'data'))
		mercat = startMercat(join(folder, 'data'), { MARKET: 'true', LOG_LEVEL: 'fatal', MARKET_SOURCES: sources })
		const { stdout } = await mercat.up()
		const told = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? ''
		rest = told(/^REST +(\S+)/m)
		staff = told(/#token=(\S+)/)
		order = [told(/authorization: (Bearer \S+)'/), told(/-d '(.*)'$/m)]
		market = (await mercat.marketUp()).url ?? ''
		const catalog = told(/^gRPC +(\S+)/m)
		const given = await runMercat(['sources', 'give', sku, '--to', source, '--parts', 'price', '--catalog', catalog])
		expect(given).toMatchObject({ exitCode: 0 })
	})
	afterAll(async () => {
		mercat?.signalGroup('SIGINT')
		await mercat?.ended
		await exchange?.[Symbol.asyncDispose]()
		rmSync(folder, { recursive: true })
	})

	const send = (price: number) => exchange.publish([{ sku, price, currency: 'EUR', available: 5, at: Date.now() }])

	async function openConsole(place: string): Promise<OpenPage> {
		const opened = await browser.open(`${rest}/console/#token=${staff}`)
		await opened.page.getByRole('navigation', { name: 'Screens' }).waitFor()
		await opened.page.evaluate(`location.hash = ${JSON.stringify(`#${place}`)}`)
		return opened
	}

	async function post(path: string, authorization: string, body: string): Promise<{ id: string; status: string }> {
		const headers = {
			authorization,
			'content-type': 'application/json',
			'idempotency-key': crypto.randomUUID(),
		}
		const answer = await fetch(`${rest}${path}`, { method: 'POST', headers, body })
		const text = await answer.text()
		expect(answer.ok, text).toBe(true)
		return JSON.parse(text)
	}

	/** Orders two mugs and pays them. */
	async function sell(): Promise<void> {
		const [customer = '', body = ''] = order
		const { id } = await post('/v1/orders', customer, body)
		const paid = await post(`/v1/orders/${id}/pay`, `Bearer ${staff}`, '{"reference":"payment"}')
		expect(paid.status).toBe('paid')
	}

	test('a price of a source moves in the chart of its product', async () => {
		send(1_300)
		await using opened = await openConsole(`/products/${sku}`)
		const { page } = opened
		const live = page.getByRole('region', { name: 'Live price' })
		await live.getByText('EUR\u00a013.00').waitFor()
		send(1_340)
		await live.getByText('EUR\u00a013.40').waitFor()
		await live.getByRole('img', { name: /now EUR.13.40, at least EUR.13.00, at most EUR.13.40$/ }).waitFor()
		await live.getByText(`from ${source}`).waitFor()
		await inspectScreen(page, 'product-live-price')
		await takePicture(page, 'console-live-price')
		opened.expectClean({ origins: [market] })
	})

	test('a source is heard, and its held price is sold at once it is approved', async () => {
		await using opened = await openConsole('/sources')
		const { page } = opened
		send(1_350)
		const row = page.getByRole('region', { name: 'Sources' }).getByRole('row', { name: /supplier/ })
		await row.getByText('heard').waitFor()
		await inspectScreen(page, 'sources')
		await takePicture(page, 'console-sources')
		send(9_900)
		await row.getByRole('link', { name: `Show held prices of ${source}` }).click()
		const approve = page.getByRole('button', { name: `Approve EUR\u00a099.00 for ${sku}` })
		await approve.waitFor()
		await approve.click()
		await page.getByRole('button', { name: 'Sell at EUR\u00a099.00' }).click()
		await page.getByText(`${sku} sells at EUR\u00a099.00 now.`).waitFor()
		const product = await (await fetch(`${rest}/v1/products/${sku}`)).json()
		expect(product).toMatchObject({ price: { amountMinor: 9_900, currency: 'EUR' } })
		opened.expectClean({ origins: [market] })
	})

	test('sales grow while the page is open, by product, category and status', async () => {
		await sell()
		await using opened = await openConsole('/sales')
		const { page } = opened
		const table = page.getByRole('region', { name: 'Sales' })
		const rowOf = (name: string) => table.getByRole('row', { name: new RegExp(name) })
		await rowOf(sku).getByRole('cell', { name: '2', exact: true }).waitFor()
		await sell()
		await rowOf(sku).getByRole('cell', { name: '4', exact: true }).waitFor()
		await inspectScreen(page, 'sales')
		await takePicture(page, 'console-sales')
		await page.getByRole('button', { name: 'Status' }).click()
		await rowOf('placed').waitFor()
		await rowOf('paid').getByRole('cell', { name: '4', exact: true }).waitFor()
		const ofMinutes = page.waitForResponse((answer) => answer.url().includes('step=1m'))
		await page.getByRole('button', { name: 'Hour' }).click()
		await ofMinutes
		await page.getByRole('button', { name: 'Hour', pressed: true }).waitFor()
		await rowOf('paid').waitFor()
		await page.getByRole('button', { name: 'Categories' }).click()
		await table.getByRole('columnheader', { name: 'Category' }).waitFor()
		await rowOf(category).getByRole('cell', { name: '4', exact: true }).waitFor()
		opened.expectClean({ origins: [market] })
	})
})
