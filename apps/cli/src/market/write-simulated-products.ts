import { writeFile } from 'node:fs/promises'
import { majorUnits } from '@mercat/catalog-api/currencies'
import type { SimulatedProduct } from '@mercat/market-exchange/simulated-products'

/** Writes products as a file for `mercat import`. */
export async function writeSimulatedProducts(path: string, products: readonly SimulatedProduct[]): Promise<void> {
	const lines = products.map(({ sku, amountMinor, currency, available }) =>
		JSON.stringify({
			sku,
			title: `Simulated product ${sku}`,
			category: 'Simulated',
			price: majorUnits(amountMinor, currency),
			currency,
			onHand: available,
		}),
	)
	await writeFile(path, `${lines.join('\n')}\n`)
}
