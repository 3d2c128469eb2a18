import { type Budget, createBudget } from '@mercat/service/budget'
import { Gauge } from '@mercat/service/metrics'
import type { Backlog } from './backlog.ts'

export type BacklogGaugesNeeds = { findBacklog(budget: Budget): Promise<Backlog> }

// Several scrapes at about the same time share one look at the database.
const freshMs = 2_000
// Less than a scrape waits: 10 s, and 5 s for the answer of a worker.
const readMs = 2_000

let refresh: (() => Promise<void>) | undefined

// Every process sees the same facts, so those of several processes are not added up.
const shared = { aggregator: 'max', collect: () => refresh?.() } as const

const pendingGauge = new Gauge({
	...shared,
	name: 'mercat_outbox_pending',
	help: 'Commands that the catalog is still to get, and events that an active webhook is still to get',
	labelNames: ['destination'],
})
const lagGauge = new Gauge({
	...shared,
	name: 'mercat_outbox_lag_seconds',
	help: 'Age of the oldest of them',
	labelNames: ['destination'],
})
const deadGauge = new Gauge({
	...shared,
	name: 'mercat_deliveries_dead',
	help: 'Deliveries to webhooks and commands to the catalog that were given up',
})
const overdueGauge = new Gauge({
	...shared,
	name: 'mercat_orders_overdue',
	help: 'Unpaid orders whose time to pay is over and that have not expired yet',
})
hide()

/**
 * Reads the backlog at each scrape, and never without one, until the result is disposed of. While it cannot be read, the
 * gauges have no values. In a process with several services the last one shows its backlog.
 */
export function showBacklog({ findBacklog }: BacklogGaugesNeeds): Disposable {
	let readAt = Number.NEGATIVE_INFINITY
	let read = Promise.resolve()

	function refreshOwn(): Promise<void> {
		if (performance.now() - readAt >= freshMs) {
			readAt = performance.now()
			// An outage of the database has its own line in the log.
			read = findBacklog(createBudget(readMs)).then(show, hide)
		}
		return read
	}

	refresh = refreshOwn
	return {
		[Symbol.dispose]() {
			if (refresh !== refreshOwn) return
			refresh = undefined
			hide()
		},
	}
}

function show({ destinations, dead, overdueOrders }: Backlog): void {
	hide()
	for (const { destination, pending, oldestS } of destinations) {
		pendingGauge.set({ destination }, pending)
		lagGauge.set({ destination }, oldestS)
	}
	deadGauge.set(dead)
	overdueGauge.set(overdueOrders)
}

function hide(): void {
	pendingGauge.reset()
	lagGauge.reset()
	deadGauge.remove()
	overdueGauge.remove()
}
