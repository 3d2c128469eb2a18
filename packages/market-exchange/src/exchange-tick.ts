/** A tick as the exchange sends it. */
export type ExchangeTick = {
	sku: string
	/** In the minor unit of the currency. */
	price: number
	currency: string
	available: number
	/** Milliseconds since 1970. */
	at: number
}
