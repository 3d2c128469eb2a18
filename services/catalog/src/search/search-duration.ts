import { durationBuckets, Histogram } from '@mercat/service/metrics'

const durations = new Histogram({
	name: 'mercat_search_duration_seconds',
	help: 'How long searches took, and whether misspelled words were corrected',
	labelNames: ['corrected'],
	buckets: durationBuckets,
})
const asWritten = durations.labels({ corrected: 'false' })
const corrected = durations.labels({ corrected: 'true' })

export function searchTook(ms: number, isCorrected: boolean): void {
	const duration = isCorrected ? corrected : asWritten
	duration.observe(ms / 1_000)
}
