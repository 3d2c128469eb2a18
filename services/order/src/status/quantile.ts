import type { DurationCounts } from './process-sample.ts'

/**
 * The value below which a share of the values lies, as `histogram_quantile` of Prometheus finds it: linear inside of a
 * bucket, and the largest bound for the bucket above all bounds. Undefined without values.
 */
export function quantile(share: number, { bounds, inBucket }: DurationCounts): number | undefined {
	const count = inBucket.reduce((total, each) => total + each, 0)
	if (count === 0) return undefined
	const rank = share * count
	let below = 0
	for (const [index, inThis] of inBucket.entries()) {
		const upper = bounds[index]
		if (upper === undefined) break
		if (inThis > 0 && below + inThis >= rank) {
			const lower = index === 0 ? 0 : (bounds[index - 1] as number)
			return lower + (upper - lower) * ((rank - below) / inThis)
		}
		below += inThis
	}
	return bounds.at(-1)
}
