/** Why a price must wait for an approval. */
export type HoldReason = {
	rule: string
	/** The numbers that the rule has compared. */
	figures: Record<string, number>
}

/** What the checks made of a tick that they did not refuse. */
export type Decision = {
	sku: string
	currency: string
	amountMinor: number
	/** Missing for an accepted price. */
	hold?: HoldReason
	/** When its message came, on the clock of `performance.now()`. Missing after a restart. */
	cameAt?: number
}
