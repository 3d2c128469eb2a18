import { register } from '@mercat/service/metrics'
import type { BatchCounts, BreakerState, DurationCounts, ProcessSample } from './process-sample.ts'

type Value = { metricName?: string; labels: Record<string, string | number | undefined>; value: number }

const placingRoute = { http_request_method: 'POST', http_route: '/v1/orders' }

/** What the instruments of this process have counted. It reads a few of them, and builds no text. */
export async function readInstruments(): Promise<Omit<ProcessSample, 'pid' | 'takenAt' | 'eventLoopDelayMs'>> {
	const [orders, transitions, durations, shed, sizes, waits, pool, breaker, streams] = await Promise.all(
		[
			'mercat_orders_total',
			'mercat_order_transitions_total',
			'http_server_request_duration_seconds',
			'mercat_requests_shed_total',
			'mercat_batch_size',
			'mercat_batch_wait_seconds',
			'mercat_db_pool',
			'mercat_breaker_state',
			'mercat_streams_open',
		].map(valuesOf),
	)
	return {
		counted: {
			orders: byLabel(orders, 'outcome'),
			transitions: byLabel(transitions, 'to'),
			requests: sum(parts(durations, '_count')),
			shed: sum(shed),
		},
		batches: batchesOf(sizes, waits),
		placing: bucketsOf(parts(durations, '_bucket').filter(({ labels }) => hasLabels(labels, placingRoute))),
		databasePool: { used: 0, idle: 0, waiting: 0, ...byLabel(pool, 'state') },
		breaker: breakerOf(byLabel(breaker, 'state')),
		streams: sum(streams),
	}
}

async function valuesOf(name: string): Promise<Value[]> {
	const metric = await register.getSingleMetric(name)?.get()
	return (metric?.values ?? []) as Value[]
}

const parts = (values: Value[] = [], ending: string): Value[] =>
	values.filter(({ metricName }) => metricName?.endsWith(ending))

const sum = (values: Value[] = []): number => values.reduce((total, { value }) => total + value, 0)

function byLabel(values: Value[] = [], label: string): Record<string, number> {
	const sums: Record<string, number> = {}
	for (const { labels, value } of values) {
		const name = String(labels[label])
		sums[name] = (sums[name] ?? 0) + value
	}
	return sums
}

function hasLabels(labels: Value['labels'], wanted: Record<string, string>): boolean {
	return Object.entries(wanted).every(([name, value]) => labels[name] === value)
}

function batchesOf(sizes: Value[] = [], waits: Value[] = []): Record<string, BatchCounts> {
	const batches = byLabel(parts(sizes, '_count'), 'batch')
	const items = byLabel(parts(sizes, '_sum'), 'batch')
	const waited = byLabel(parts(waits, '_count'), 'batch')
	const waitS = byLabel(parts(waits, '_sum'), 'batch')
	return Object.fromEntries(
		Object.entries(batches).map(([name, count]) => [
			name,
			{ batches: count, items: items[name] ?? 0, waits: waited[name] ?? 0, waitS: waitS[name] ?? 0 },
		]),
	)
}

// Each bucket of a histogram counts the values of the buckets below, too.
function bucketsOf(buckets: Value[]): DurationCounts {
	const upTo = Object.entries(byLabel(buckets, 'le'))
		.map(([le, count]) => ({ bound: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le), count }))
		.toSorted((one, other) => one.bound - other.bound)
	return {
		bounds: upTo.slice(0, -1).map(({ bound }) => bound),
		inBucket: upTo.map(({ count }, index) => count - (upTo[index - 1]?.count ?? 0)),
	}
}

function breakerOf(states: Record<string, number>): BreakerState {
	if (states['open'] === 1) return 'open'
	return states['half_open'] === 1 ? 'half_open' : 'closed'
}
