import { expect, test } from 'vitest'
import { againstTables, verdicts } from '../src/report/against.ts'
import type { Measurement, Unit } from '../src/running/measurement.ts'

function measurement(unit: Unit, own: number[], other: number[]): Measurement {
	return {
		title: 'Orders',
		unit,
		isByRound: true,
		results: [
			{ contestant: 'this checkout', values: own, failures: {}, cpuMicros: { order: 120, postgres: 90.4 } },
			{ contestant: 'abc1234', values: other, failures: {}, cpuMicros: { order: 130, postgres: 80 } },
		],
		comparisons: [{ of: 'this checkout', to: 'abc1234' }],
	}
}

const tens = Array<number>(8).fill(10)
const twelves = Array<number>(8).fill(12)

test.each<[Unit, string]>([
	['orders/s', 'better'],
	['requests/s', 'better'],
	['ms', 'worse'],
	['s', 'worse'],
	['µs', 'worse'],
	['cores', 'worse'],
])('a checkout with more %s than the commit is %s', (unit, word) => {
	const opposite = word === 'better' ? 'worse' : 'better'
	expect(verdicts(measurement(unit, twelves, tens))).toEqual([`${word} (in 8 of 8)`])
	expect(verdicts(measurement(unit, tens, twelves))).toEqual([`${opposite} (in 8 of 8)`])
})

test('a difference that chance can explain is reported as not clear', () => {
	const mixed = [12, 12, 12, 12, 12, 12, 8, 8]
	expect(verdicts(measurement('orders/s', mixed, tens))).toEqual(['not clearly better (in 6 of 8)'])
	expect(verdicts(measurement('orders/s', [8, 12], [10, 10]))).toEqual(['the same'])
})

test('a difference between contestants that did not take turns is reported as measured apart', () => {
	const apart = { ...measurement('ms', tens, twelves), isByRound: false }
	expect(verdicts(apart)).toEqual(['better, measured apart'])
})

test('the report has the ratio of this checkout to the commit, and the CPU time of both', () => {
	const report = againstTables([measurement('orders/s', twelves, tens)])
	expect(report).toMatch(
		/Orders, orders\/s +\| 12 \(12–12\) +\| abc1234: 10 \(10–10\) +\| 1\.20× \(1\.20–1\.20\) +\| above 1/,
	)
	expect(report).toContain('order 120, postgres 90')
	expect(report).toContain('order 130, postgres 80')
})

test('several contestants of this checkout are named, each with its limit', () => {
	const { results, ...rest } = measurement('orders/s', twelves, tens)
	const traced = { contestant: 'traced', values: Array<number>(8).fill(9), failures: {}, cpuMicros: {} }
	const report = againstTables([
		{
			...rest,
			results: [...results, traced],
			comparisons: [
				{ of: 'this checkout', to: 'abc1234', target: { bound: 'at least', value: 0.97 } },
				{ of: 'traced', to: 'abc1234', target: { bound: 'at least', value: 0.93 } },
			],
		},
	])
	expect(report).toMatch(/ this checkout: 12 \(12–12\) .* at least 0\.97×: met/)
	expect(report).toMatch(/ traced: 9 \(9–9\) .* 0\.90× .* at least 0\.93×: \*\*missed\*\*/)
})
