import type { Measurement, Result } from '../running/measurement.ts'

/** Compares the memory in the last quarter of the samples with the first sample and with the second quarter. */
export function memoryGrowth(title: string, residentMb: number[]): Measurement {
	const quarter = (index: number) =>
		residentMb.filter((_, sample) => Math.floor((4 * sample) / residentMb.length) === index - 1)
	return {
		title,
		unit: 'MB',
		results: [
			samples('start', residentMb.slice(0, 1)),
			samples('quarter 2', quarter(2)),
			samples('quarter 4', quarter(4)),
		],
		comparisons: [
			{ of: 'quarter 4', to: 'start' },
			{ of: 'quarter 4', to: 'quarter 2', target: { bound: 'at most', value: 1.1 } },
		],
	}
}

function samples(contestant: string, values: number[]): Result {
	return { contestant, values, failures: {}, cpuMicros: {} }
}
