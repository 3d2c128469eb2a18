import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { signToken } from '@mercat/service/tokens'
import { runMercat } from '@mercat/testing/run-mercat'
import { jwtSecret, startTestCatalog } from '../start-catalog.ts'

const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
const timeoutMs = 60_000

/** A real catalog, the command, and a folder for files. */
export async function openShop() {
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await startTestCatalog())
	const folder = mkdtempSync(join(tmpdir(), 'mercat-prices-'))
	opened.defer(() => rmSync(folder, { recursive: true }))
	const resources = opened.move()
	const token = signToken(issuer, { subject: 'tester', scope: 'catalog:write', lifetimeMs: 86_400_000 })

	const shop = {
		address: `127.0.0.1:${catalog.port}`,
		run: (...args: string[]) =>
			runMercat([...args, '--catalog', `127.0.0.1:${catalog.port}`], { JWT_SECRET: jwtSecret }),
		write(name: string, text: string): string {
			const path = join(folder, name)
			writeFileSync(path, text)
			return path
		},
		/** Imports one price, such as "10.00", as a source. */
		async sendPrice(sku: string, price: string, source = 'acme'): Promise<void> {
			const path = shop.write('price.csv', `sku,title,price,currency\n${sku},The ${sku},${price},EUR\n`)
			const { exitCode, stderr } = await shop.run('import', path, '--source', source)
			if (exitCode === 2) throw new Error(stderr)
		},
		/** A product for 10.00 EUR with a held price. Returns the id of the hold. */
		async holdPrice(sku: string, price = '1.00'): Promise<string> {
			await shop.sendPrice(sku, '10.00')
			await shop.sendPrice(sku, price)
			const { heldPrices } = await callUnary(
				catalog.clients.catalog,
				catalogRpcs.ListHeldPrices,
				{ sku },
				{ timeoutMs, token },
			)
			const [hold] = heldPrices
			if (hold === undefined) throw new Error('no price is held')
			return hold.id
		},
		async priceOf(sku: string): Promise<number | undefined> {
			const { product } = await callUnary(catalog.clients.catalog, catalogRpcs.GetProduct, { sku }, { timeoutMs })
			return product?.price?.amountMinor
		},
		/** The sources that own content, price and quantity. */
		async ownersOf(sku: string): Promise<string[]> {
			for (let pageToken = ''; ; ) {
				const page = await callUnary(
					catalog.clients.catalog,
					catalogRpcs.ListProducts,
					{ pageSize: 500, pageToken },
					{ timeoutMs, token },
				)
				const found = page.products.find(({ product }) => product?.sku === sku)
				if (found !== undefined) return [found.contentSource, found.priceSource, found.quantitySource]
				pageToken = page.nextPageToken
				if (pageToken === '') throw new Error(`no product ${sku}`)
			}
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
	return shop
}
