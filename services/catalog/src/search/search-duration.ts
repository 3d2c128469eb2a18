import { durationBuckets, Histogram } from '@mercat/service/metrics'
import type { SearchTerm } from './search-terms.ts'

const durations = new Histogram({
	name: 'mercat_search_duration_seconds',
	help: 'How long searches took, and whether misspelled words were corrected',
	labelNames: ['corrected'],
	buckets: durationBuckets,
})
const asWritten = durations.labels({ corrected: 'false' })
const corrected = durations.labels({ corrected: 'true' })

/** Counts a search. A term of several words is a misspelled word with its corrections. */
export function searchTook(ms: number, terms: readonly SearchTerm[]): void {
	const duration = terms.some(({ words }) => words.length > 1) ? corrected : asWritten
	duration.observe(ms / 1_000)
}
