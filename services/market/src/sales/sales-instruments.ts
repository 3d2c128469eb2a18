import { Counter, Gauge } from '@mercat/service/metrics'
import type { SalesBreak } from './fold-next.ts'
import type { FoldProgress } from './fold-sales.ts'
import type { SalesEvent } from './sales-event.ts'

const eventsTotal = new Counter({
	name: 'mercat_market_sales_events_total',
	help: 'Transitions of orders that are counted in the sales, by the status entered',
	labelNames: ['status'],
})

const breaksTotal = new Counter({
	name: 'mercat_market_sales_breaks_total',
	help: 'How often the sales went on at another place of the log than after the last event, by reason',
	labelNames: ['reason'],
})

const lostEventsTotal = new Counter({
	name: 'mercat_market_sales_lost_events_total',
	help: 'Events that were deleted before they were counted (expired), or were counted and taken out again (put_back)',
	labelNames: ['reason'],
})

/** Counts the events of a page. */
export function countEvents(events: readonly SalesEvent[]): void {
	for (const { status } of events) eventsTotal.inc({ status: status || 'unknown' })
}

export function countBreak(reason: SalesBreak, events: number): void {
	breaksTotal.inc({ reason })
	if (events > 0) lostEventsTotal.inc({ reason }, events)
}

let shown: () => FoldProgress | undefined = () => undefined

function showProgress(name: string, help: string, read: (progress: FoldProgress) => number | undefined): void {
	new Gauge({
		name,
		help,
		collect() {
			// With several processes, one of them counts.
			const progress = shown()
			const value = progress && read(progress)
			if (value === undefined) this.reset()
			else this.set(value)
		},
	})
}

showProgress(
	'mercat_market_sales_position',
	'The position in the log up to which sales are counted',
	({ position }) => position,
)
showProgress(
	'mercat_market_sales_lag_seconds',
	'How long ago the sales had all transitions that the log had then',
	({ throughMs }) => (throughMs === undefined ? undefined : Math.max(0, Date.now() - throughMs) / 1_000),
)

/** Shows at each scrape how far this process has counted, until the result is disposed of. */
export function showFolding(progress: () => FoldProgress | undefined): Disposable {
	shown = progress
	return {
		[Symbol.dispose]() {
			if (shown === progress) shown = () => undefined
		},
	}
}
