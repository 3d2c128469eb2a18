/** The steps of bars, from the smallest to the largest. */
export const steps = ['1s', '1m', '1h', '1d'] as const

export type Step = (typeof steps)[number]

/** The steps whose bars are made from those of the step below. */
export const largerSteps = ['1m', '1h', '1d'] as const

export type LargerStep = (typeof largerSteps)[number]

/** The step whose bars make those of a larger step. */
export function smallerThan(step: LargerStep): Step {
	return steps[steps.indexOf(step) - 1] as Step
}

export const stepMs: Record<Step, number> = { '1s': 1_000, '1m': 60_000, '1h': 3_600_000, '1d': 86_400_000 }

/** The accepted prices of a product in one currency and one step, in minor units. */
export type Bar = {
	/** When the step begins, in milliseconds since 1970. */
	beginMs: number
	currency: string
	open: number
	high: number
	low: number
	close: number
	/** How many prices there were. */
	ticks: number
}

/** A bar of a second that other ticks of the second may still change. */
export type SecondBar = Bar & {
	/** When the open and the close price were, in milliseconds since the second began. */
	openMs: number
	closeMs: number
}

/** The bar of a second with one price. */
export function barOf(currency: string, amount: number, atMs: number): SecondBar {
	const ms = atMs % 1_000
	return {
		beginMs: atMs - ms,
		currency,
		open: amount,
		high: amount,
		low: amount,
		close: amount,
		ticks: 1,
		openMs: ms,
		closeMs: ms,
	}
}

/** Adds a price to the bar of its second. Of prices with one time, the one that came last is the last one. */
export function addPrice(bar: SecondBar, amount: number, ms: number): void {
	if (ms < bar.openMs) {
		bar.open = amount
		bar.openMs = ms
	}
	if (ms >= bar.closeMs) {
		bar.close = amount
		bar.closeMs = ms
	}
	if (amount > bar.high) bar.high = amount
	if (amount < bar.low) bar.low = amount
	bar.ticks++
}

/** Adds the bar of later blocks to the bar of the same second and currency. */
export function mergeSecond(earlier: SecondBar, later: SecondBar): SecondBar {
	const opens = later.openMs < earlier.openMs ? later : earlier
	const closes = later.closeMs >= earlier.closeMs ? later : earlier
	return {
		beginMs: earlier.beginMs,
		currency: earlier.currency,
		open: opens.open,
		openMs: opens.openMs,
		high: Math.max(earlier.high, later.high),
		low: Math.min(earlier.low, later.low),
		close: closes.close,
		closeMs: closes.closeMs,
		ticks: earlier.ticks + later.ticks,
	}
}

/** Makes bars of a larger step from bars that are in the order of time. */
export function combineBars(bars: readonly Bar[], step: Step): Bar[] {
	const length = stepMs[step]
	const made = new Map<string, Bar>()
	for (const bar of bars) {
		const beginMs = bar.beginMs - (bar.beginMs % length)
		const key = `${beginMs} ${bar.currency}`
		const larger = made.get(key)
		if (larger === undefined) {
			const { currency, open, high, low, close, ticks } = bar
			made.set(key, { beginMs, currency, open, high, low, close, ticks })
			continue
		}
		larger.high = Math.max(larger.high, bar.high)
		larger.low = Math.min(larger.low, bar.low)
		larger.close = bar.close
		larger.ticks += bar.ticks
	}
	return [...made.values()]
}

/** The order of time. Bars of one step are in the order of their currencies. */
export function inOrder(one: Bar, other: Bar): number {
	if (one.beginMs !== other.beginMs) return one.beginMs - other.beginMs
	return one.currency < other.currency ? -1 : 1
}
