import { Counter } from '@prometheus-io/client'

/**
 * The instruments of every process. All of them are in one registry, so every package takes them from here: a second copy of
 * the library would have a registry of its own, which nobody reads.
 */
export { Counter, Gauge, Histogram, register } from '@prometheus-io/client'
export { createBoundHistogram, type Series } from './bound-histogram.ts'

/** Buckets for the duration of a request, a call or a statement, in seconds. */
export const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Both services count here the requests and calls that they refuse at once because too many are under way. */
export const requestsShed = new Counter({
	name: 'mercat_requests_shed_total',
	help: 'Requests and calls that were refused at once, because too many were under way',
})
