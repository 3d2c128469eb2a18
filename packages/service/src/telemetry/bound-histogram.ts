import { type Histogram, register } from '@prometheus-io/client'

export type BoundHistogramOptions = {
	name: string
	help: string
	/** The upper bounds of the buckets, in ascending order. The bucket for all larger values is added. */
	buckets: readonly number[]
}

export type Series = { observe(value: number): void }

type Counts = { labels: Record<string, string>; inBucket: number[]; sum: number }

/**
 * A histogram in the registry, whose series are bound to their labels once. For speed it replaces the histogram of the library
 * where every order is observed: that one checks and joins the labels of a bound series again for each value.
 */
export function createBoundHistogram({ name, help, buckets }: BoundHistogramOptions) {
	const all: Counts[] = []
	const facts = { name, help, type: 'histogram', aggregator: 'sum' }
	const get = async () => ({ ...facts, values: all.flatMap((counts) => samplesOf(name, buckets, counts)) })
	const reset = () => {
		for (const counts of all) Object.assign(counts, noCounts(buckets))
	}
	// The registry needs no more of a metric than this, but its types ask for one of the library's classes.
	register.registerMetric({ ...facts, get, reset } as unknown as Histogram)

	return {
		/** The series of these labels. It must be asked for once: a second one would have the same name. */
		bind(labels: Record<string, string>): Series {
			const counts: Counts = { labels, ...noCounts(buckets) }
			all.push(counts)
			return {
				observe(value) {
					let index = 0
					while (index < buckets.length && value > (buckets[index] as number)) index++
					counts.inBucket[index] = (counts.inBucket[index] as number) + 1
					counts.sum += value
				},
			}
		},
	}
}

function noCounts(buckets: readonly number[]): Pick<Counts, 'inBucket' | 'sum'> {
	return { inBucket: Array<number>(buckets.length + 1).fill(0), sum: 0 }
}

/** The samples of a series in the form of the registry. Each bucket counts the values of the buckets below, too. */
function samplesOf(name: string, buckets: readonly number[], { labels, inBucket, sum }: Counts) {
	let count = 0
	const upTo = [...buckets, '+Inf'].map((le, index) => {
		count += inBucket[index] as number
		return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count }
	})
	return [
		...upTo,
		{ metricName: `${name}_sum`, labels, value: sum },
		{ metricName: `${name}_count`, labels, value: count },
	]
}
