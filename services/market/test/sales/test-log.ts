import type { OrderEvent } from '@mercat/order-api/event-schemas'
import type { ReadEvents } from '../../src/sales/events-log.ts'

/** A transition of an order. */
export type Transition = {
	order: string
	version: number
	status: string
	atMs: number
	currency: string
	lines: { sku: string; quantity: number; amountMinor: number }[]
}

export type TestLog = ReturnType<typeof createTestLog>

/** A log of events in memory, which can lose its end and its beginning. */
export function createTestLog() {
	let last = 0
	let first = 1
	let events: { position: number; event: OrderEvent; transition: Transition }[] = []
	const log = {
		/** Adds a transition, after a number of positions that have no event. */
		append(transition: Transition, gap = 0): void {
			last += 1 + gap
			events.push({ position: last, event: eventOf(transition), transition })
		},
		/** Loses all events after a position, as a database that was put back. */
		putBack(position: number): void {
			events = events.filter((event) => event.position <= position)
			last = Math.min(last, position)
			first = Math.min(first, last + 1)
		},
		/** Deletes the events before a position, after their time. */
		expire(before: number): void {
			first = Math.min(Math.max(first, before), last + 1)
			events = events.filter(({ position }) => position >= first)
		},
		last: () => last,
		transitions: (): Transition[] => events.map(({ transition }) => transition),
		readEvents: (async (after, limit) => {
			const place = after === 'beginning' ? first - 1 : after === 'now' ? last : after
			if (place > last) return { kind: 'beyondEnd' }
			if (place < first - 1) return { kind: 'expired', first }
			const found = events.filter(({ position }) => position > place).slice(0, limit)
			const next = found.length === limit ? (found.at(-1)?.position ?? place) : last
			const page = found.map(({ position, event }) => ({ position: String(position), event }))
			return { kind: 'page', events: page, next, caughtUp: next === last }
		}) satisfies ReadEvents as ReadEvents,
	}
	return log
}

function eventOf({ order, version, status, atMs, currency, lines }: Transition): OrderEvent {
	const money = (amountMinor: number) => ({ amountMinor, currency })
	return {
		id: `msg_${order}_${version}`,
		type: `mercat.order.${status}.v1`,
		time: new Date(atMs).toISOString(),
		data: {
			items: lines.map(({ sku, quantity, amountMinor }) => ({ sku, quantity, lineTotal: money(amountMinor) })),
			total: money(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)),
		},
	} as OrderEvent
}
