import { writeFile } from 'node:fs/promises'
import { majorUnits } from '@mercat/catalog-api/currencies'
import type { SimulatedProduct } from '@mercat/market-exchange/simulated-products'
import { CommandError } from '../command/command-error.ts'

/**
 * Writes products as a file for `mercat import`.
 *
 * @throws CommandError when the file cannot be written
 */
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
	await writeFile(path, `${lines.join('\n')}\n`).catch((error: NodeJS.ErrnoException) => {
		throw new CommandError(`${path} cannot be written: ${error.code}`, { cause: error })
	})
}
