/** Which ticks a watcher has heard. */
export type TickLedger = ReturnType<typeof createTickLedger>

type Waiting = { amountMinor: number; publishedAt: number }

/**
 * Times each tick until a watcher hears its price, or a newer price of the product: the prices between two looks of the market meet,
 * and only the newest is told.
 *
 * @param recordMs is told of each tick how long it took
 */
export function createTickLedger(recordMs: (ms: number) => void) {
	const waiting = new Map<string, Waiting[]>()
	const lastHeard = new Map<string, number>()
	let unexpected = 0

	return {
		published(sku: string, amountMinor: number, publishedAt: number): void {
			const ticks = waiting.get(sku)
			const before = ticks?.at(-1)?.amountMinor ?? lastHeard.get(sku)
			// Nothing changes, so nothing is told.
			if (amountMinor === before) return
			if (ticks === undefined) waiting.set(sku, [{ amountMinor, publishedAt }])
			else ticks.push({ amountMinor, publishedAt })
		},

		heard(sku: string, amountMinor: number, heardAt: number): void {
			const ticks = waiting.get(sku) ?? []
			const index = ticks.findIndex((tick) => tick.amountMinor === amountMinor)
			if (index === -1 && lastHeard.get(sku) !== amountMinor) unexpected++
			for (const { publishedAt } of ticks.splice(0, index + 1)) recordMs(heardAt - publishedAt)
			lastHeard.set(sku, amountMinor)
		},

		/** How many products have a price that was not heard. A price that has come back to the one that was heard last is not told. */
		missing(): number {
			const last = [...waiting].map(([sku, ticks]) => ({ sku, tick: ticks.at(-1) }))
			return last.filter(({ sku, tick }) => tick !== undefined && tick.amountMinor !== lastHeard.get(sku)).length
		},

		/** How many prices were heard that were not published since the one before. */
		unexpected: () => unexpected,
	}
}
