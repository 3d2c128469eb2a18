export type TellChangesNeeds = {
	/** Has the next look-up of each of these products read it anew. */
	forget(skus: Iterable<string>): void
	changes: { noteStock(skus: Iterable<string>): void; log: { wake(): void } }
}

/** What stores call when they have changed something, or when a change may have happened although it failed. */
export function tellChanges({ forget, changes }: TellChangesNeeds) {
	const productsChanged = (skus: Iterable<string>) => {
		forget(skus)
		changes.log.wake()
	}
	const stockChanged = (skus: Iterable<string>) => {
		// An iterator could be read only once.
		const list = [...skus]
		forget(list)
		changes.noteStock(list)
	}
	return {
		/** For products that have other contents, or another price. */
		productsChanged,
		/** For products that have another stock. */
		stockChanged,
		/** For products that may have both. */
		bothChanged(skus: Iterable<string>): void {
			stockChanged(skus)
			changes.log.wake()
		},
	}
}
