import { durationBuckets, Histogram } from './metrics.ts'

/**
 * Observes a call or an attempt of one.
 *
 * @param errorType missing for a call that succeeded, or that failed only by the fault of its caller
 */
export type ObserveRpc = (ms: number, method: string, statusCode: string, errorType?: string) => void

/** A histogram of the durations of RPCs, with the labels of the semantic conventions. */
export function createRpcDurations({ name, help }: { name: string; help: string }): ObserveRpc {
	const durations = new Histogram({
		name,
		help,
		labelNames: ['rpc_system_name', 'rpc_method', 'rpc_status_code', 'error_type'],
		buckets: durationBuckets,
	})
	// The labels are looked up and checked once for each outcome of a method.
	const bound = new Map<string, ReturnType<typeof durations.labels>>()
	return (ms, method, statusCode, errorType) => {
		const key = `${method} ${statusCode} ${errorType}`
		let duration = bound.get(key)
		if (duration === undefined) {
			duration = durations.labels({
				rpc_system_name: 'grpc',
				rpc_method: method,
				rpc_status_code: statusCode,
				...(errorType !== undefined && { error_type: errorType }),
			})
			bound.set(key, duration)
		}
		duration.observe(ms / 1_000)
	}
}
