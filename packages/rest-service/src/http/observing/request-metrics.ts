import { createBoundHistogram, durationBuckets, type Series } from '@mercat/service/metrics'
import type { RequestAnswer } from './request-answer.ts'

const durations = createBoundHistogram({
	name: 'http_server_request_duration_seconds',
	help: 'How long requests took, from the arrival of their head to the end of their answer',
	buckets: durationBuckets,
})

const known = new Map<string, Series>()

/** Counts a request with its duration. No label has a value that a client can choose freely. */
export function countRequest(answer: RequestAnswer): void {
	const { method, route = '', status, scheme, errorType = '', ms } = answer
	const key = `${method} ${route} ${status} ${scheme} ${errorType}`
	let series = known.get(key)
	if (series === undefined) {
		series = durations.bind({
			http_request_method: method,
			http_route: route,
			http_response_status_code: String(status),
			url_scheme: scheme,
			error_type: errorType,
		})
		known.set(key, series)
	}
	series.observe(ms / 1_000)
}
