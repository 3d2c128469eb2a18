import type { createLatencies } from '../load/latencies.ts'
import { keepWatching } from './keep-watching.ts'
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
	/** Changes that came again, after a later one, or of a product that is not in the filter. */
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

/** Counts the changes of each product, and checks that none is missing and none comes twice. */
export function startWatcher({ address, filter, calls, latencies }: WatcherOptions): Watcher {
	const all = tickingSkus.map((_, product) => product)
	const products = filter === undefined ? all : productsOfFilter(filter)
	const skus = filter === undefined ? [] : products.map((product) => tickingSkus[product] as string)
	const lastOf = all.map(() => Number.POSITIVE_INFINITY)
	for (const product of products) lastOf[product] = changesAfter(calls, product)
	const counts: WatcherCounts = { delivered: 0, doubled: 0, quantities: 0, ends: {} }
	const isReady = Promise.withResolvers<void>()
	let skipped = 0
	let resumeToken = ''
	let receivedAt = 0

	const listener = {
		price(product: number, amountMinor: number, changedAtMs: number) {
			const change = changesUntil(amountMinor)
			const last = lastOf[product] as number
			if (change <= last) {
				counts.doubled++
				return
			}
			skipped += change - last - 1
			lastOf[product] = change
			counts.delivered++
			latencies.record(receivedAt - changedAtMs)
		},
		quantity() {
			counts.quantities++
		},
		token(bytes: Buffer) {
			resumeToken = bytes.toString('latin1')
		},
	}
	const stream = keepWatching({
		address,
		request: () => ({ filter: { skus }, resumeToken }),
		read(message) {
			receivedAt = Date.now()
			readResponse(message, listener)
			isReady.resolve()
		},
		ended(status) {
			counts.ends[status] = (counts.ends[status] ?? 0) + 1
		},
	})
	const sum = (count: (product: number) => number) => products.reduce((total, product) => total + count(product), 0)

	return {
		counts,
		ready: isReady.promise,
		missing: (until) => skipped + sum((product) => changesAfter(until, product) - (lastOf[product] as number)),
		expected: (until) => sum((product) => changesAfter(until, product) - changesAfter(calls, product)),
		[Symbol.dispose]: () => stream[Symbol.dispose](),
	}
}
