import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'
import { installPacks, root } from './install-packs.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'mercat-packs-'))
const pages = createServer((request, response) => {
	const path = normalize(new URL(request.url ?? '/', 'http://pages').pathname)
	const type = path.endsWith('.html') ? 'text/html' : 'text/javascript'
	if (!existsSync(join(folder, path))) response.writeHead(404).end()
	else response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(readFileSync(join(folder, path)))
})
let origin: string
let services: Services
let proxy: CuttingProxy
beforeAll(async () => {
	await installPacks(folder, ['client', 'catalog-api'])
	await once(pages.listen(0, '127.0.0.1'), 'listening')
	origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
	services = await startServices('postgres', { env: { CORS_ORIGINS: origin } })
	proxy = await startCuttingProxy(services.url)
})
afterAll(async () => {
	pages.close()
	await proxy[Symbol.asyncDispose]()
	await services[Symbol.asyncDispose]()
	rmSync(folder, { recursive: true, force: true })
})

/** A mug that costs 12.99 EUR and no longer 9.90 EUR, and a bowl that is sold out. */
async function fillBasket() {
	const expectedUnitPrice = { amountMinor: 990, currency: 'EUR' }
	const mug = await services.catalog.createProduct()
	const bowl = await services.catalog.createProduct({ onHand: 0 })
	const bowlPrice = { amountMinor: 1299, currency: 'EUR' }
	return {
		mug,
		bowl,
		items: [
			{ sku: mug, quantity: 2, expectedUnitPrice },
			{ sku: bowl, quantity: 1, expectedUnitPrice: bowlPrice },
		],
		/** What the example says when its third answer, which has the order, is cut. */
		lines: [
			`${mug}: 990 is now 1299`,
			`${bowl}: sold out`,
			'no answer, attempt 1',
			'placed for 2598 EUR, by an attempt whose answer was lost',
			'mercat.order.placed.v1',
		],
	}
}

const tokens = () => ({ token: token('alice'), readerToken: token('warehouse', 'events:read') })

test('a pack has compiled files only, and depends on no package of the workspace', () => {
	const files = globSync('node_modules/@mercat/*/**/*.*', { cwd: folder })
	expect(files.filter((path) => /(?<!\.d)\.ts$|\.test\.|tsconfig/.test(path))).toEqual([])
	for (const name of ['client', 'catalog-api']) {
		const manifest = readFileSync(join(folder, 'node_modules/@mercat', name, 'package.json'), 'utf8')
		expect(JSON.parse(manifest)).toMatchObject({ name: `@mercat/${name}`, type: 'module' })
		expect(manifest).not.toMatch(/workspace:|catalog:|"@mercat\/(?!client"|catalog-api")/)
	}
})

test('Node runs the example of a shop from the pack: prices, a sold-out product, a cut answer, and the event', async () => {
	const { items, lines } = await fillBasket()
	const options = { url: proxy.url, ...tokens(), items }
	const program = `import { shop } from './shop.mjs'; await shop({ ...${JSON.stringify(options)}, show: console.log })`
	proxy.cutNext('POST', 2)
	const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder })
	expect(stdout.trim().split('\n')).toEqual(lines)
})

test('Node runs the example as a command, with the settings of its first lines', async () => {
	const sku = await services.catalog.createProduct()
	const { token: customer, readerToken } = tokens()
	const env = { MERCAT_URL: services.url, MERCAT_TOKEN: customer, MERCAT_READER_TOKEN: readerToken }
	const { stdout } = await run(process.execPath, ['shop.mjs', sku, '2'], { cwd: folder, env })
	expect(stdout).toBe(`${sku}: 990 is now 1299\nplaced for 2598 EUR\nmercat.order.placed.v1\n`)
})

test('Node calls the catalog from the pack', async () => {
	const sku = await services.catalog.createProduct({ onHand: 5 })
	const env = { MERCAT_TOKEN: token('warehouse', 'catalog:write') }
	const { stdout } = await run(process.execPath, ['stock.mjs', services.catalog.address, sku], { cwd: folder, env })
	expect(stdout).toBe('A thing 1299 EUR\non hand 17\nPRODUCT_NOT_FOUND\n')
})

test('the types of the packs hold outside of the workspace', async () => {
	writeFileSync(join(folder, 'caller.mts'), caller)
	const language = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom']
	const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
	const tsc = join(root, 'node_modules/.bin/tsc')
	const printed = await run(tsc, [...language, ...types, 'caller.mts'], { cwd: folder }).then(
		() => '',
		({ stdout }) => stdout as string,
	)
	// Libraries may have faults of their own.
	expect(printed.split('\n').filter((line) => /^(caller\.mts|node_modules\/@mercat)/.test(line))).toEqual([])
})

const caller = `
import { createMercat, followEvents, isProblem, placeOrder, type Order } from '@mercat/client'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { createRetryingCall } from '@mercat/catalog-api/retrying-call'

const client = createMercat({ baseUrl: 'http://127.0.0.1:8080', token: 'x' })
export async function place(): Promise<Order> {
	try {
		const { data } = await placeOrder({ client, body: { items: [{ sku: 'MUG', quantity: 1 }] } })
		return data
	} catch (error) {
		if (isProblem(error, 'OUT_OF_STOCK')) console.log(error.items[0]?.available satisfies number | undefined)
		// @ts-expect-error the quantity is a number
		await placeOrder({ client, body: { items: [{ sku: 'MUG', quantity: '1' }] } })
		throw error
	}
}
for await (const { event, position } of followEvents({ client })) console.log(event.data.change.to, position.length)
const clients = createCatalogClients('localhost:50051')
const { product } = await createRetryingCall({ clients })(catalogRpcs.GetProduct, { sku: 'MUG' })
export const title: Product['title'] = product?.title
`

withBrowser('a browser', (browser) => {
	test('runs the same example from the same pack, without a bundler', async () => {
		const { items, lines } = await fillBasket()
		await using opened = await browser.open(`${origin}/shop.html`)
		const { page } = opened
		await page.getByLabel('Service').fill(proxy.url)
		const { token: customer, readerToken } = tokens()
		await page.getByLabel('Token of the customer').fill(customer)
		await page.getByLabel('Token of the reader').fill(readerToken)
		await page.getByLabel('Items').fill(JSON.stringify(items))
		proxy.cutNext('POST', 2)
		await page.getByRole('button', { name: 'Order' }).click()
		await page.locator('ol[data-state=done]').waitFor()
		expect(await page.getByRole('listitem').allTextContents()).toEqual(lines)
	})
})
