import { bulkhead } from 'cockatiel'
import type { RunFeedNeeds } from './run-feed.ts'

// Each stream takes a connection to the database, and the catalog has others to serve. More streams make nothing faster.
const mostStreams = 8
const mostPerFeed = 4

/** Bounds how many feeds are parsed and written at a time, and shares the streams among them: a feed alone gets four. */
export function createWritingPlaces(concurrency: number): RunFeedNeeds['writing'] {
	const places = bulkhead(concurrency, Number.POSITIVE_INFINITY)

	function lanes(): number {
		const taken = concurrency - places.executionSlots
		return Math.max(1, Math.min(mostPerFeed, Math.floor(mostStreams / taken)))
	}

	return (work) => places.execute(() => work(lanes))
}
