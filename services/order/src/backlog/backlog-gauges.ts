import { Gauge } from '@mercat/service/metrics'
import type { Backlog } from './backlog.ts'

export type BacklogGaugesNeeds = { readBacklog(): Promise<Backlog> }

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
export function showBacklog({ readBacklog }: BacklogGaugesNeeds): Disposable {
	function refreshOwn(): Promise<void> {
		return readBacklog().then(show, hide)
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
