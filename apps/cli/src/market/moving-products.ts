import type { SimulatedProduct } from '@mercat/market-exchange/simulated-products'
import { openProductFile } from '@mercat/product-files/open-product-file'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import { readBytes } from '@mercat/product-files/read-bytes'
import { CommandError } from '../command/command-error.ts'
import { demoFile } from '../command/demo-file.ts'

/**
 * The products of a file that have a price, with their prices; of the demo catalog unless a file is given.
 *
 * @throws CommandError when the file cannot be read, or has no price
 */
export async function readMovingProducts(path = demoFile): Promise<SimulatedProduct[]> {
	const products: SimulatedProduct[] = []
	try {
		for await (const row of (await openProductFile(readBytes(path))).rows) {
			const { product, onHand = 0 } = 'upsert' in row ? row.upsert : {}
			const { sku, price } = product ?? {}
			const amountMinor = Number(price?.amountMinor)
			if (sku === undefined || !(amountMinor > 0)) continue
			products.push({ sku, amountMinor, currency: price?.currencyCode ?? '', available: Number(onHand) })
		}
	} catch (error) {
		if (!(error instanceof ProductFileError)) throw error
		throw new CommandError(`${path}: ${error.message}`, { cause: error })
	}
	if (products.length === 0) throw new CommandError(`${path}: no product with a price`)
	return products
}
