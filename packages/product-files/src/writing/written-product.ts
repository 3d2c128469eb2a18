/** A product as files have it. */
export type WrittenProduct = {
	sku: string
	title: string
	description: string
	brand: string
	/** A path such as "Home/Kitchen", or empty. */
	category: string
	/** The name that the variants of one thing share, or empty. */
	group: string
	price: { currencyCode: string; amountMinor: number }
	onHand: number
	imageUrls: string[]
	attributes: { [name: string]: string }
}

/** The products that a file is written of. They can be read again and again. */
export type WrittenProducts = {
	/** The names of all attributes, sorted. */
	attributeNames: string[]
	/** All products by sku. */
	all(): AsyncIterable<WrittenProduct>
	/** The products of a group by sku. */
	ofGroup(group: string): Promise<WrittenProduct[]>
}
