export type AskedSkus = { skus: readonly string[]; hasMore: boolean }

/** The first of the skus behind one. They ascend. */
export function skusBehind(skus: readonly string[], after: string, most: number): AskedSkus {
	const found = skus.findIndex((sku) => sku > after)
	const first = found === -1 ? skus.length : found
	return { skus: skus.slice(first, first + most), hasMore: first + most < skus.length }
}
