/** How the messages of a source are to be read. */
export type MessageSettings = {
	map: MemberMap
	/** Put before each sku. */
	skuPrefix: string
	/** Whether prices are in the minor unit of the currency, such as 1290, or in the major one, such as "12.90". */
	priceIn: 'minor' | 'major'
	/** The currency of ticks that name none. */
	currency?: string | undefined
}

/**
 * Where the members of a message and of a tick are: paths with dots between the names, such as `data.items`. Only
 * `ticks` may be empty: then the message itself is the tick.
 */
export type MemberMap = {
	seq: string
	ticks: string
	/** True in a message that takes the place of all that was missed. */
	snapshot: string
	sku: string
	price: string
	currency: string
	available: string
	at: string
}
