import type { Price } from '../held-prices/judge-price.ts'
import type { ProductFields } from '../products/product.ts'

/** The content of a product: all of it but its sku, its price and its stock. */
export type Content = Omit<ProductFields, 'sku' | 'currency' | 'amountMinor'>

/** A valid row of an import. A field that the row does not have is left as it is. */
export type ImportRow = {
	rowNumber: number
	sku: string
	content: Partial<Content>
	/** Single attributes, for a row without `content.attributes`. An empty value removes its attribute. */
	attributes: Readonly<Record<string, string>>
	price: Price | undefined
	onHand: number | undefined
	/** The sku that the sku was made from. */
	sourceSku: string | undefined
}

/** The attribute that keeps the sku of the source. */
export const sourceSkuName = 'sourceSku'

/** A product as imports see it: with the owners of its parts, and its stock. */
export type ImportedProduct = ProductFields & {
	archived: boolean
	archivedBy: string
	/** The sources that own the parts; empty for the shop itself. */
	contentSource: string
	priceSource: string
	quantitySource: string
	onHand: number
	held: number
}
