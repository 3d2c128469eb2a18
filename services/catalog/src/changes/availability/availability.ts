/** The available quantity of a product: on hand minus held. */
export type Quantity = { sku: string; available: number }

/** Quantities that were read at one moment. */
export type StockLook = {
	/** The moment, in milliseconds since 1970 by the clock of the database. Each look is at or after the one before. */
	atMs: number
	quantities: Quantity[]
}

/** The available quantities that have changed, as this process knows them. */
export type Availability = {
	/**
	 * Follows the changes until the result is disposed of, and for a minute longer, so that streams that come back find what
	 * they have missed. Resolves once the process follows them.
	 */
	follow(): Promise<Disposable>
	/** All changes that were committed until then are known, and listeners have heard of them. Milliseconds. */
	knownTo(): number
	/** Changes before it may be unknown. A reader that knows less must read all of its quantities. Milliseconds. */
	floor(): number
	/**
	 * The latest quantities of the products that have changed since `ms`, in no order, and of some that have changed before.
	 * Complete only if `ms >= floor()`.
	 */
	since(ms: number): Quantity[]
	/** Calls `listener` with each look at changed products. Returns a function that ends this. */
	onLook(listener: (look: StockLook) => void): () => void
	/** Calls `listener` when changes may have been missed: `floor()` has risen above what readers know. */
	onReset(listener: () => void): () => void
	/** Reads the quantities of at most 1,000 products. One such read is under way at a time, and looks take turns with them. */
	read(skus: readonly string[]): Promise<StockLook>
	/** Reads the quantities of the next products behind a sku, in the order of their skus. */
	readAfter(sku: string, limit: number): Promise<StockLook>
}
