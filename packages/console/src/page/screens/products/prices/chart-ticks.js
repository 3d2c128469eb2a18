const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const clockSteps = [
	...[1, 5, 15, 30].map((seconds) => seconds * secondMs),
	...[1, 5, 15, 30].map((minutes) => minutes * minuteMs),
	...[1, 3, 6, 12].map((hours) => hours * hourMs),
]
const daySteps = [1, 2, 7, 14, 30, 61, 91, 182, 365]

const secondFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const minuteFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' })

/**
 * Times for an axis, on whole minutes, hours or days of this place, with their texts.
 *
 * @param {number} fromMs
 * @param {number} toMs
 * @param {number} most how many fit
 * @returns {{ atMs: number, text: string }[]}
 */
export function timeTicks(fromMs, toMs, most) {
	const spanMs = toMs - fromMs
	const stepMs = clockSteps.find((each) => spanMs / each <= most)
	if (stepMs !== undefined) {
		const format = stepMs < minuteMs ? secondFormat : minuteFormat
		// Midnight of this place is the origin, so that steps of hours begin with it.
		const midnight = new Date(fromMs).setHours(0, 0, 0, 0)
		const first = midnight + Math.ceil((fromMs - midnight) / stepMs) * stepMs
		const count = Math.max(0, Math.floor((toMs - first) / stepMs) + 1)
		return Array.from({ length: count }, (_, index) => first + index * stepMs).map((atMs) => ({
			atMs,
			text: format.format(atMs),
		}))
	}
	const days = daySteps.find((each) => spanMs / (each * dayMs) <= most) ?? Math.ceil(spanMs / dayMs / most)
	const format = days < 30 ? dayFormat : monthFormat
	const ticks = []
	// Days of a place have 23 to 25 hours.
	for (
		const day = new Date(new Date(fromMs).setHours(24, 0, 0, 0));
		day.getTime() <= toMs;
		day.setDate(day.getDate() + days)
	) {
		ticks.push({ atMs: day.getTime(), text: format.format(day) })
	}
	return ticks
}

/**
 * Amounts for an axis: the bounds of what it shows, and round amounts between them.
 *
 * @param {number} low in minor units
 * @param {number} high in minor units
 * @param {number} most how many amounts fit
 */
export function amountTicks(low, high, most) {
	const margin = Math.max((high - low) * 0.1, high * 0.02, 1)
	const bounds = { low: Math.max(0, low - margin), high: high + margin }
	const rough = (bounds.high - bounds.low) / most
	const power = 10 ** Math.floor(Math.log10(rough))
	const factor = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10
	const step = Math.max(1, Math.round(factor * power))
	const first = Math.ceil(bounds.low / step) * step
	const count = Math.floor((bounds.high - first) / step) + 1
	return { ...bounds, amounts: Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step) }
}
