import { Registry } from '@prometheus-io/client'
import { expect, test } from 'vitest'
import { createBoundHistogram, Histogram, register } from '../../src/telemetry/metrics.ts'

const help = 'Sizes.'
const buckets = [1, 2.5, 10]
const values = [0, 1, 1.01, 2.5, 9, 10, 11, 1e9]

test('a bound histogram is told and added up as one of the library is', async () => {
	const bound = createBoundHistogram({ name: 'bound_sizes', help, buckets })
	const theirs = new Histogram({ name: 'their_sizes', help, labelNames: ['of', 'by'], buckets })
	for (const labels of [
		{ of: 'orders', by: '' },
		{ of: 'a "name"', by: 'one\\other' },
	]) {
		const ours = bound.bind(labels)
		for (const value of values) {
			ours.observe(value)
			theirs.observe(labels, value)
		}
	}

	const told = await register.getSingleMetricAsString('bound_sizes')
	expect(told.replaceAll('bound_sizes', 'their_sizes')).toBe(await register.getSingleMetricAsString('their_sizes'))

	const metrics = await register.getMetricsAsJSON()
	const sums = await Registry.aggregate([metrics, metrics]).metrics()
	const sumsOf = (name: string) => sums.split('\n').filter((line) => line.startsWith(name))
	expect(sumsOf('bound_sizes_count')).toContain(`bound_sizes_count{of="orders",by=""} ${2 * values.length}`)
	expect(sumsOf('bound_sizes').map((line) => line.replace('bound', 'their'))).toEqual(sumsOf('their_sizes'))
})

test('a reset starts the counts of a bound histogram anew', async () => {
	const histogram = createBoundHistogram({ name: 'reset_sizes', help, buckets })
	const series = histogram.bind({})
	series.observe(7)
	register.resetMetrics()
	series.observe(2)
	const told = await register.getSingleMetricAsString('reset_sizes')
	expect(told).toContain('reset_sizes_bucket{le="2.5"} 1')
	expect(told).toContain('reset_sizes_sum 2')
	expect(told).toContain('reset_sizes_count 1')
})
