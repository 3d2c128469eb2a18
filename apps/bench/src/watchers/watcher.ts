import type { createLatencies } from '../load/latencies.ts'
import { openWatch } from './open-watch.ts'
import { readResponse } from './response-reader.ts'
import { changesAfter, changesUntil, productsOfFilter, tickingSkus } from './ticking-prices.ts'

export type WatcherOptions = {
	address: string
	/** The number of its filter. Missing for a watcher of everything. */
	filter?: number | undefined
	/** How many calls have changed prices already. Nothing changes until the watcher is ready. */
	calls: number
	latencies: ReturnType<typeof createLatencies>
}

export type WatcherCounts = {
	/** Changes of prices that came in their order. */
	delivered: number
	/** Changes that came again, or after a later one. */
	doubled: number
	quantities: number
	/** How often the stream has ended, by the status. It is resumed each time. */
	ends: Record<string, number>
}

export type Watcher = Disposable & {
	counts: WatcherCounts
	/** Resolves with the first message. */
	ready: Promise<void>
	/** How many changes of the first calls are not there. */
	missing(calls: number): number
	/** How many changes of the calls since it was opened it is to hear. */
	expected(calls: number): number
}

const resumeAfterMs = 100

/** Counts the changes of each product, and checks that none is missing and none comes twice. */
export function startWatcher({ address, filter, calls, latencies }: WatcherOptions): Watcher {
	const products = filter === undefined ? tickingSkus.map((_, product) => product) : productsOfFilter(filter)
	const skus = filter === undefined ? [] : products.map((product) => tickingSkus[product] as string)
	const lastOf = tickingSkus.map((_, product) => changesAfter(calls, product))
	const counts: WatcherCounts = { delivered: 0, doubled: 0, quantities: 0, ends: {} }
	const isReady = Promise.withResolvers<void>()
	let skipped = 0
	let token = ''
	let isClosed = false
	let receivedAt = 0

	const listener = {
		price(product: number, amountMinor: number, changedAtMs: number) {
			const change = changesUntil(amountMinor)
			const last = lastOf[product] as number
			latencies.record(receivedAt - changedAtMs)
			if (change <= last) {
				counts.doubled++
				return
			}
			skipped += change - last - 1
			lastOf[product] = change
			counts.delivered++
		},
		quantity() {
			counts.quantities++
		},
		token(bytes: Buffer) {
			token = bytes.toString('latin1')
		},
	}
	const open = () =>
		openWatch({
			address,
			request: { filter: { skus }, resumeToken: token },
			read(message) {
				receivedAt = Date.now()
				readResponse(message, listener)
				isReady.resolve()
			},
			ended(status = 'none') {
				counts.ends[status] = (counts.ends[status] ?? 0) + 1
				setTimeout(() => {
					if (!isClosed) stream = open()
				}, resumeAfterMs)
			},
		})
	let stream = open()
	const sum = (count: (product: number) => number) => products.reduce((total, product) => total + count(product), 0)

	return {
		counts,
		ready: isReady.promise,
		missing: (until) => skipped + sum((product) => changesAfter(until, product) - (lastOf[product] as number)),
		expected: (until) => sum((product) => changesAfter(until, product) - changesAfter(calls, product)),
		[Symbol.dispose]() {
			isClosed = true
			stream[Symbol.dispose]()
		},
	}
}
