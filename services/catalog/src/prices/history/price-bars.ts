/** All times are microseconds since 1970. */
export type EndedPrice = Price & { endedAt: number }

export type Price = { currency: string; amountMinor: number }

/** The prices of one currency that were in force in a step. */
export type PriceBar = {
	/** The number of the step since 1970. */
	step: number
	currency: string
	open: number
	high: number
	low: number
	close: number
	/** How many prices began. */
	changes: number
}

export type BarsOptions = {
	stepUs: number
	/** The price after the last one. */
	next: Price
	/** The step in which the first price began, when no earlier bar tells of it. */
	firstStep: number | undefined
}

/**
 * The bars of prices that ended one after the other, the oldest first. Each step has the price that was in force as it began, and those
 * that began in it. The bars of a step are in the order in which their last prices began.
 */
export function toBars(prices: readonly EndedPrice[], { stepUs, next, firstStep }: BarsOptions): PriceBar[] {
	const bars: PriceBar[] = []
	let inStep = new Map<string, PriceBar>()
	let step: number | undefined
	const tell = ({ currency, amountMinor }: Price, changes: number) => {
		const bar = inStep.get(currency)
		if (bar === undefined) inStep.set(currency, barOf(step as number, { currency, amountMinor }, changes))
		else {
			bar.high = Math.max(bar.high, amountMinor)
			bar.low = Math.min(bar.low, amountMinor)
			bar.close = amountMinor
			bar.changes += changes
			// The last place is that of the last price.
			if (inStep.size > 1) {
				inStep.delete(currency)
				inStep.set(currency, bar)
			}
		}
	}
	for (const [index, price] of prices.entries()) {
		const stepOfPrice = Math.floor(price.endedAt / stepUs)
		if (stepOfPrice !== step) {
			bars.push(...inStep.values())
			inStep = new Map()
			step = stepOfPrice
			tell(price, index === 0 && step === firstStep ? 1 : 0)
		}
		tell(prices[index + 1] ?? next, 1)
	}
	bars.push(...inStep.values())
	return bars
}

/** The bar of a step that had one price. */
export function barOf(step: number, { currency, amountMinor }: Price, changes: number): PriceBar {
	return { step, currency, open: amountMinor, high: amountMinor, low: amountMinor, close: amountMinor, changes }
}

/** The bars of a day that is partly folded: `later` has the prices since then, and begins with the price that was in force. */
export function mergeBars(folded: readonly PriceBar[], later: readonly PriceBar[]): PriceBar[] {
	const day = later[0]?.step
	const last = folded.at(-1)?.step
	if (day === undefined || day !== last) return [...folded, ...later]
	const ofDay = new Map(folded.filter(({ step }) => step === day).map((bar) => [bar.currency, bar]))
	const merged = later.map((bar) => {
		const before = bar.step === day ? ofDay.get(bar.currency) : undefined
		if (before === undefined) return bar
		ofDay.delete(bar.currency)
		return {
			...bar,
			open: before.open,
			high: Math.max(before.high, bar.high),
			low: Math.min(before.low, bar.low),
			changes: before.changes + bar.changes,
		}
	})
	return [...folded.filter(({ step }) => step < day), ...ofDay.values(), ...merged]
}
