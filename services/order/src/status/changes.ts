import type { BatchCounts, Counted, DurationCounts, ProcessSample } from './process-sample.ts'

/** What all processes have counted between their last two samples. */
export type Changes = {
	/** Per second. */
	perSecond: Counted & { batches: Record<string, number> }
	/** How many, in total. */
	batches: Record<string, BatchCounts>
	placing: DurationCounts
}

type Counts = Record<string, number>

/**
 * The changes of the processes of which there are two samples, added up; undefined when there is none. Each process has its
 * own clock. No change is below zero, also when a new process has the id of one that has ended.
 */
export function changesOf(before: ReadonlyMap<number, ProcessSample>, samples: ProcessSample[]): Changes | undefined {
	const changes = samples.flatMap((now) => {
		const earlier = before.get(now.pid)
		return earlier !== undefined && earlier.takenAt < now.takenAt ? [changesBetween(earlier, now)] : []
	})
	return changes.length === 0 ? undefined : changes.reduce(add)
}

function changesBetween(before: ProcessSample, now: ProcessSample): Changes {
	const seconds = (now.takenAt - before.takenAt) / 1_000
	const rates = (earlier: Counts, later: Counts) => mapValues(differences(earlier, later), (change) => change / seconds)
	const rate = (earlier: number, later: number) => difference(earlier, later) / seconds
	const batches = Object.fromEntries(
		Object.entries(now.batches).map(([name, counts]) => [name, differences(before.batches[name] ?? {}, counts)]),
	) as Record<string, BatchCounts>
	return {
		perSecond: {
			orders: rates(before.counted.orders, now.counted.orders),
			transitions: rates(before.counted.transitions, now.counted.transitions),
			requests: rate(before.counted.requests, now.counted.requests),
			shed: rate(before.counted.shed, now.counted.shed),
			batches: mapValues(batches, (counts) => counts.batches / seconds),
		},
		batches,
		placing: {
			bounds: now.placing.bounds,
			inBucket: now.placing.inBucket.map((count, index) => difference(before.placing.inBucket[index] ?? 0, count)),
		},
	}
}

function add(one: Changes, other: Changes): Changes {
	const names = new Set([...Object.keys(one.batches), ...Object.keys(other.batches)])
	const bounds = one.placing.bounds.length > 0 ? one.placing.bounds : other.placing.bounds
	return {
		perSecond: {
			orders: addCounts(one.perSecond.orders, other.perSecond.orders),
			transitions: addCounts(one.perSecond.transitions, other.perSecond.transitions),
			requests: one.perSecond.requests + other.perSecond.requests,
			shed: one.perSecond.shed + other.perSecond.shed,
			batches: addCounts(one.perSecond.batches, other.perSecond.batches),
		},
		batches: Object.fromEntries(
			[...names].map((name) => [name, addCounts(one.batches[name] ?? {}, other.batches[name] ?? {}) as BatchCounts]),
		),
		placing: {
			bounds,
			inBucket: [...bounds, Number.POSITIVE_INFINITY].map(
				(_bound, index) => (one.placing.inBucket[index] ?? 0) + (other.placing.inBucket[index] ?? 0),
			),
		},
	}
}

const difference = (before: number, now: number): number => Math.max(0, now - before)

function differences(before: Counts, now: Counts): Counts {
	return Object.fromEntries(Object.entries(now).map(([name, count]) => [name, difference(before[name] ?? 0, count)]))
}

function addCounts(one: Counts, other: Counts): Counts {
	const sums = { ...one }
	for (const [name, count] of Object.entries(other)) sums[name] = (sums[name] ?? 0) + count
	return sums
}

function mapValues<V>(object: Record<string, V>, map: (value: V) => number): Counts {
	return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]))
}
