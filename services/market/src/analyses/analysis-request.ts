import type { GivenSettings } from '@mercat/market-api/analysis-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { CheckSettings } from '../checking/check-settings.ts'

// Nothing was stored before, and the databases take no year 0.
const earliestMs = 0

/**
 * The time whose ticks are judged again.
 *
 * @throws Problem INVALID_REQUEST for an empty time, and for leap seconds
 */
export function readTimes(given: { from?: string; to?: string }, nowMs: number): { from: Date; to: Date } {
	const fromMs = Math.max(readTime('from', given.from) ?? earliestMs, earliestMs)
	// What is stored while an analysis waits does not belong to it.
	const toMs = Math.min(readTime('to', given.to) ?? nowMs, nowMs)
	if (fromMs >= toMs) throw invalid('#/from', 'time', 'must be earlier than to, and than now')
	return { from: new Date(fromMs), to: new Date(toMs) }
}

/**
 * The settings of an analysis: those of its source where none are given.
 *
 * @throws Problem INVALID_REQUEST for a ceiling below the floor
 */
export function mergeSettings(
	ofSource: CheckSettings,
	{ floorMinor, ceilingMinor, ...given }: GivenSettings,
): CheckSettings {
	const settings: CheckSettings = {
		...ofSource,
		...given,
		floorMinor: floorMinor === undefined ? ofSource.floorMinor : (floorMinor ?? undefined),
		ceilingMinor: ceilingMinor === undefined ? ofSource.ceilingMinor : (ceilingMinor ?? undefined),
	}
	const { floorMinor: floor = 0, ceilingMinor: ceiling = Number.POSITIVE_INFINITY } = settings
	if (ceiling < floor)
		throw invalid('#/settings/ceilingMinor', 'limits', `must not be below floorMinor, which is ${floor}`)
	return settings
}

function readTime(member: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined
	const ms = Date.parse(text)
	if (Number.isNaN(ms)) throw invalid(`#/${member}`, 'time', 'must be a time in RFC 3339 without a leap second')
	return ms
}

function invalid(pointer: string, code: string, detail: string): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ pointer, code, detail }] })
}
