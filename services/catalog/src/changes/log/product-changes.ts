/** A price as the log has it. */
export type LoggedPrice = {
	sku: string
	currency: string
	amountMinor: number
	/** Missing for a price that is as old as the product, or older than the history. */
	priceBeganAt?: Date
	/** The lowest price of the 30 days before this one began. Missing unless this one is a reduction. */
	lowestMinor?: number
}

/** A whole product as a change has made it. */
export type LoggedProduct = LoggedPrice & {
	title: string
	description: string
	brand: string
	category: string
	attributes: Record<string, string>
	imageUrls: string[]
	group: string
	archived: boolean
	version: number
	createdAt: Date
	updatedAt: Date
}

export type LoggedChange =
	| { kind: 'product'; sku: string; product: LoggedProduct }
	/** Only the price has changed, and the version has stayed. */
	| { kind: 'price'; sku: string; price: LoggedPrice }

type PriceJson = {
	sku: string
	currency: string
	amountMinor: number
	priceBeganAt?: string | null
	lowestMinor?: number | null
}

type ProductJson = PriceJson &
	Omit<LoggedProduct, keyof LoggedPrice | 'createdAt' | 'updatedAt'> & { createdAt: string; updatedAt: string }

/** The changes of an entry, in any order: each product comes once. */
export function readChanges(json: string): LoggedChange[] {
	return (JSON.parse(json) as (PriceJson | ProductJson)[]).map(toChange)
}

function toChange(change: PriceJson | ProductJson): LoggedChange {
	const { sku } = change
	if (!('title' in change)) return { kind: 'price', sku, price: toPrice(change) }
	const { title, description, brand, category, attributes, imageUrls, group, archived, version } = change
	const product = {
		...toPrice(change),
		...{ title, description, brand, category, attributes, imageUrls, group, archived, version },
		createdAt: new Date(change.createdAt),
		updatedAt: new Date(change.updatedAt),
	}
	return { kind: 'product', sku, product }
}

function toPrice({ sku, currency, amountMinor, priceBeganAt, lowestMinor }: PriceJson): LoggedPrice {
	return {
		sku,
		currency,
		amountMinor,
		priceBeganAt: priceBeganAt == null ? undefined : new Date(priceBeganAt),
		lowestMinor: lowestMinor ?? undefined,
	}
}
