/** The limits of a source. */
export type CheckSettings = {
	maxAgeS: number
	maxAheadS: number
	/** Against the last accepted price. */
	maxTickChangePercent: number
	/** Against the first accepted price of the day (UTC). */
	maxDayChangePercent: number
	/** A smaller change is never an outlier, and prices that are no farther apart agree. */
	leastMovePercent: number
	/** How many of the last changes of a price the score looks at. */
	window: number
	/** The score above which a price is an outlier. */
	threshold: number
	/** How many ticks in a row that agree release an outlier. The outlier itself is the first. */
	agreeing: number
	floorMinor: number | undefined
	ceilingMinor: number | undefined
}

/** The limits of a source without its other settings, of which some are secret. */
export function checkSettingsOf({
	maxAgeS,
	maxAheadS,
	maxTickChangePercent,
	maxDayChangePercent,
	leastMovePercent,
	window,
	threshold,
	agreeing,
	floorMinor,
	ceilingMinor,
}: CheckSettings): CheckSettings {
	const guards = { maxAgeS, maxAheadS, maxTickChangePercent, maxDayChangePercent, floorMinor, ceilingMinor }
	return { ...guards, leastMovePercent, window, threshold, agreeing }
}

/** What the catalog has of a product. */
export type KnownProduct = {
	currency: string
	amountMinor: number
	archived: boolean
}
