import { Gauge } from '@mercat/service/metrics'

// Of the service that this process has opened last.
let countInFlight = () => 0
let countWaiting = () => 0

new Gauge({
	name: 'mercat_requests_in_flight',
	help: 'Requests to the API that are under way and count for the limit. Streams do not.',
	collect() {
		this.set(countInFlight())
	},
})

new Gauge({
	name: 'mercat_requests_waiting',
	help: 'Tasks of requests that wait for their turn of the event loop',
	collect() {
		this.set(countWaiting())
	},
})

/** Shows at each scrape how many requests are under way. */
export function showInFlight(count: () => number): void {
	countInFlight = count
}

/** Shows at each scrape how many tasks of requests wait for their turn. */
export function showWaiting(count: () => number): void {
	countWaiting = count
}
