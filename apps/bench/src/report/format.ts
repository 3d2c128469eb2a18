import {
	comparedValues,
	isMet,
	type Measurement,
	median,
	quartiles,
	type Result,
	type Target,
	type Unit,
} from '../running/measurement.ts'

const fractionDigits: Record<Unit, number> = {
	'orders/s': 0,
	'calls/s': 0,
	'requests/s': 0,
	'deliveries/s': 0,
	'events/s': 0,
	'rows/s': 0,
	'ticks/s': 0,
	ms: 2,
	µs: 0,
	MB: 0,
	s: 2,
	cores: 2,
	'of 1': 3,
	'%': 1,
}

export function formatValue(value: number, unit: Unit): string {
	const digits = fractionDigits[unit]
	return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** The median and the quartiles, such as `5,120 (4,980–5,310)`. */
export function formatSpread({ values }: Result, unit: Unit): string {
	const [low, high] = quartiles(values)
	return `${formatValue(median(values), unit)} (${formatValue(low, unit)}–${formatValue(high, unit)})`
}

/** The target and whether the value meets it, such as `at least 2× (aim 3×): met`. */
function formatTarget(value: number, target: Target | undefined, isRatio: boolean, unit: Unit): string {
	if (target === undefined) return '–'
	const sign = isRatio ? '×' : ` ${unit}`
	const aim = target.aim === undefined ? '' : ` (aim ${target.aim}${sign})`
	return `${target.bound} ${target.value}${sign}${aim}: ${isMet(value, target) ? 'met' : '**missed**'}`
}

export function formatComparisons(
	measurement: Measurement,
): { ratio: string; target: string; of: string; to?: string }[] {
	return measurement.comparisons.map((comparison) => {
		const { of, to, target } = comparison
		const values = comparedValues(measurement, comparison)
		const [low, high] = quartiles(values)
		const value = median(values)
		return {
			of,
			to,
			ratio: to === undefined ? '–' : `${value.toFixed(2)}× (${low.toFixed(2)}–${high.toFixed(2)})`,
			target: formatTarget(value, target, to !== undefined, measurement.unit),
		}
	})
}
