/** A price and a quantity of a product at a moment, as its source tells it. */
export type Tick = {
	/** With the prefix of the source. Ticks of one product share one string. */
	sku: string
	/** In the minor unit of the currency. */
	amountMinor: number
	currency: string
	/** Undefined when the source tells no quantity. */
	available: number | undefined
	/** The clock of the source: milliseconds since 1970. */
	atMs: number
}

/** A tick that says nothing that can be used. */
export type BadTick = {
	/** Undefined when it names no product. */
	sku: string | undefined
	reason: BadTickReason
}

/** The first member of a tick that is wrong, or `form` when the tick is no object. */
export type BadTickReason = 'form' | 'sku' | 'price' | 'currency' | 'available' | 'at'
