import { comparedValues, isMoreBetter, type Measurement, resultOf } from '../running/measurement.ts'
import { formatComparisons, formatSpread } from './format.ts'
import { contestantTable } from './markdown.ts'
import { table } from './table.ts'

/**
 * Two tables: the comparisons of this checkout with each commit, and the values and CPU time of all of them. When this
 * checkout has several contestants, they are named.
 */
export function againstTables(measurements: Measurement[]): string {
	const rows = measurements.flatMap((measurement) => {
		const { title, unit, comparisons } = measurement
		const areSeveral = new Set(comparisons.map(({ of }) => of)).size > 1
		return formatComparisons(measurement).map(({ of, to = '', ratio, target }, index) => [
			`${title}, ${unit}`,
			`${areSeveral ? `${of}: ` : ''}${formatSpread(resultOf(measurement, of), unit)}`,
			`${to}: ${formatSpread(resultOf(measurement, to), unit)}`,
			ratio,
			isMoreBetter(unit) ? 'above 1' : 'below 1',
			comparisons[index]?.target === undefined ? (verdicts(measurement)[index] as string) : target,
		])
	})
	const head = ['measure', 'this checkout', 'against', 'ratio (quartiles)', 'better when', 'this checkout is']
	return `${table(head, rows)}\n\nCPU time is per operation, of each process.\n\n${contestantTable(measurements)}`
}

/** The verdict on each comparison, such as `better (in 19 of 25)`. */
export function verdicts(measurement: Measurement): string[] {
	const isMore = isMoreBetter(measurement.unit)
	return measurement.comparisons.map((comparison) => {
		const ratios = comparedValues(measurement, comparison)
		const above = ratios.filter((ratio) => ratio > 1).length
		const below = ratios.filter((ratio) => ratio < 1).length
		if (above === below) return 'the same'
		const word = above > below === isMore ? 'better' : 'worse'
		// The contestants ran one after another, so a change of the machine may have affected only one of them.
		if (!measurement.isByRound) return `${word}, measured apart`
		const clearly = isMoreThanChance(above, below) ? '' : 'not clearly '
		return `${clearly}${word} (in ${Math.max(above, below)} of ${ratios.length})`
	})
}

// If both were equally good, about one run in twenty would show a greater difference than this.
function isMoreThanChance(one: number, other: number): boolean {
	return Math.abs(one - other) > 2 * Math.sqrt(one + other)
}
