import { Problem } from '@mercat/rest-api/problem'
import { Gauge } from '@mercat/service/metrics'

export type StreamPlacesOptions = {
	/** The most streams of all clients in this process. */
	maxStreams: number
	/** The most streams of one client. */
	mostOfOneClient?: number
	/** Shows how many streams are open. */
	gauge?: Pick<Gauge, 'inc' | 'dec'>
}

export type StreamPlaces = {
	/**
	 * Takes a place for a stream of the client. Returns a function that gives it back.
	 *
	 * @throws Problem TOO_MANY_STREAMS when there is none
	 */
	take(client: string): () => void
}

const defaultMostOfOneClient = 5

const openGauge = new Gauge({ name: 'mercat_streams_open', help: 'Streams that are open, of events and of the status' })

/** Places for streams of this process. The tokens of one customer share the places of that customer. */
export function createStreamPlaces({
	maxStreams,
	mostOfOneClient = defaultMostOfOneClient,
	gauge = openGauge,
}: StreamPlacesOptions): StreamPlaces {
	const taken = new Map<string, number>()
	let all = 0

	return {
		take(client) {
			const own = taken.get(client) ?? 0
			if (own >= mostOfOneClient || all >= maxStreams) throw new Problem('TOO_MANY_STREAMS')
			taken.set(client, own + 1)
			all++
			gauge.inc()
			let isGiven = false
			return () => {
				if (isGiven) return
				isGiven = true
				all--
				gauge.dec()
				const left = (taken.get(client) ?? 0) - 1
				if (left > 0) taken.set(client, left)
				else taken.delete(client)
			}
		},
	}
}
