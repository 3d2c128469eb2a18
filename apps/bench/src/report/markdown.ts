import { longTurns, overloadTurns } from '../running/bench-options.ts'
import { type Measurement, resultOf } from '../running/measurement.ts'
import { formatComparisons, formatSpread } from './format.ts'
import type { Setting } from './setting.ts'
import { table } from './table.ts'

/** The whole report in Markdown. */
export function toMarkdown(measurements: Measurement[], setting: Setting): string {
	return `# Benchmark results

${describeSetting(setting)}

${allTables(measurements)}
`
}

/** The comparisons, and every contestant. */
export function allTables(measurements: Measurement[]): string {
	return `${comparisonTable(measurements)}

## Every contestant

CPU time is per operation, of each process.

${contestantTable(measurements)}`
}

function describeSetting({ machine, run }: Setting): string {
	const long = longTurns(run)
	return `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, \
PostgreSQL ${machine.postgres} (fsync on), with the load generator on the same machine. Contestants take turns in \
${run.rounds} rounds of ${run.seconds} s each, for tails and stored orders in ${long.rounds} of ${long.seconds} s, after a checkpoint \
and a warm-up; \`mercat start\` was timed ${long.rounds} times, and an overload lasts ${overloadTurns * long.seconds} s. \
Medians (from quartile to quartile); where contestants take turns, a ratio is the median of the rounds' ratios. ${run.date}.`
}

export function comparisonTable(measurements: Measurement[]): string {
	const rows = measurements.flatMap((measurement) => {
		const { title, unit } = measurement
		const spread = (name: string) => `${name}: ${formatSpread(resultOf(measurement, name), unit)}`
		return formatComparisons(measurement).map(({ of, to, ratio, target }) => [
			`${title}, ${unit}`,
			spread(of),
			to === undefined ? '–' : spread(to),
			ratio,
			target,
		])
	})
	return table(['measure', 'mercat', 'against', 'ratio', 'target'], rows)
}

/** A table of all results of all contestants. */
export function contestantTable(measurements: Measurement[]): string {
	const rows = measurements.flatMap(({ title, unit, results }) =>
		results.map((result) => [
			title,
			result.contestant,
			`${formatSpread(result, unit)} ${unit}`,
			counts(result.failures) || 'none',
			Object.entries(result.cpuMicros)
				.map(([process, micros]) => `${process} ${micros.toFixed(0)}`)
				.join(', ') || '–',
		]),
	)
	return table(['measure', 'contestant', 'median (quartiles)', 'failures', 'CPU, µs'], rows)
}

function counts(failures: Record<string, number>): string {
	return Object.entries(failures)
		.map(([code, count]) => `${count} × ${code}`)
		.join(', ')
}
