import type { CheckSettings } from './check-settings.ts'
import type { Breach } from './verdict.ts'

/**
 * Whether a price has changed by more than so many percent. From 0 every change is more. Without a division, a change of exactly the
 * limit is within it: 7 / 100 * 100 is more than 7.
 */
export function isBeyond(from: number, to: number, percent: number): boolean {
	return Math.abs(to - from) * 100 > percent * from
}

/**
 * The limit of the source that a price breaks.
 *
 * @param known the price that the catalog has. One beyond a limit was approved, so it takes the place of the limit.
 */
export function limitBreach(
	amount: number,
	known: number,
	{ floorMinor, ceilingMinor }: Pick<CheckSettings, 'floorMinor' | 'ceilingMinor'>,
): Breach | undefined {
	if (floorMinor !== undefined && amount < floorMinor && amount < known)
		return { rule: 'BELOW_FLOOR', figures: { floorMinor } }
	if (ceilingMinor !== undefined && amount > ceilingMinor && amount > known)
		return { rule: 'ABOVE_CEILING', figures: { ceilingMinor } }
	return undefined
}

export function tickBreach(from: number, to: number, maxTickChangePercent: number): Breach | undefined {
	// However large the limit is, no percentage tells a change to 0.
	const isToNothing = to === 0 && from > 0
	if (!isToNothing && !isBeyond(from, to, maxTickChangePercent)) return undefined
	return { rule: 'TICK_CHANGE', figures: { ...changeFigures(from, to), maxTickChangePercent } }
}

export function dayBreach(first: number, to: number, maxDayChangePercent: number): Breach | undefined {
	if (!isBeyond(first, to, maxDayChangePercent)) return undefined
	return { rule: 'DAY_CHANGE', figures: { ...changeFigures(first, to), maxDayChangePercent } }
}

/** From 0 there is no percentage. */
export function changeFigures(from: number, to: number): Record<string, number> {
	return from === 0 ? {} : { fromMinor: from, changePercent: ((to - from) * 100) / from }
}
