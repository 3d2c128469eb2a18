import type { ReservationFacts } from '@mercat/catalog/audit'
import type { OrderFacts } from '@mercat/order/audit'
import { orderIdOf } from '@mercat/order/order-id'
import { type Action, transitions } from '@mercat/order/order-states'
import { retentionMs, webhookLeaseMs } from '@mercat/order/outbox-times'

// Each rule returns the fault of an order, or undefined for an order that follows the rule.

/** Invariant 3: the id of an order is derived from its customer and idempotency key. */
export function idFault({ id, customerId, idempotencyKey }: OrderFacts): string | undefined {
	const due = orderIdOf(customerId, idempotencyKey)
	return id === due ? undefined : `its customer and key give ${due}`
}

/** Invariant 4: the state of a reservation fits the status of its order, once no command to the catalog is pending. */
export function reservationFault(order: OrderFacts, reservation: ReservationFacts | undefined): string | undefined {
	if (order.messages.some(({ destination, state }) => destination === 'catalog' && state === 'pending'))
		return undefined
	const state = reservation?.state ?? 'absent'
	if (!allowedStates(order).includes(state)) return `${order.status}, and its reservation is ${state}`
	if (reservation === undefined || state === 'released') return undefined
	return linesOf(order.items, false) === linesOf(reservation.lines, false)
		? undefined
		: 'its reservation has other lines'
}

function allowedStates({ status, overdue }: OrderFacts): (ReservationFacts['state'] | 'absent')[] {
	switch (status) {
		case 'placed':
			// The catalog may expire the hold of an overdue order before the order service expires the order.
			return overdue ? ['held', 'expired'] : ['held']
		case 'paid':
		case 'shipped':
		case 'delivered':
			return ['committed']
		default:
			return ['released', 'absent']
	}
}

/** Invariant 5: the total of an order is the sum of its lines, at the prices of the reservation. */
export function priceFault(
	{ items, currency, totalMinor }: OrderFacts,
	reservation: ReservationFacts | undefined,
): string | undefined {
	const sum = items.reduce((part, { quantity, amountMinor }) => part + BigInt(quantity) * BigInt(amountMinor), 0n)
	if (sum !== BigInt(totalMinor)) return `its total is ${totalMinor}, its lines add up to ${sum}`
	// An order that was released before its stock was held has a reservation without lines.
	if (reservation === undefined || reservation.lines.length === 0) return undefined
	if (reservation.currency !== currency) return `in ${currency}, reserved in ${reservation.currency}`
	return linesOf(items, true) === linesOf(reservation.lines, true)
		? undefined
		: 'its lines differ from the reserved lines'
}

function linesOf(lines: OrderFacts['items'], priced: boolean): string {
	return JSON.stringify(
		lines.map(({ sku, quantity, amountMinor }) => (priced ? [sku, quantity, amountMinor] : [sku, quantity])).sort(),
	)
}

/** Invariant 6: the history starts at `placed`, follows the table of transitions, and ends at the order's status. */
export function historyFault({ history, status, version }: OrderFacts): string | undefined {
	const [first] = history
	if (first?.from !== null || first.to !== 'placed') return 'its history does not start at placed'
	for (const [index, entry] of history.entries()) {
		if (index === 0) continue
		const { from, to } = entry
		if (from !== history[index - 1]?.to) return `its history has a gap before ${to}`
		if (from === null || !Object.values(transitions).some((way) => way.to === to && way.from.includes(from))) {
			return `its history goes from ${from} to ${to}`
		}
	}
	if (history.at(-1)?.to !== status) return `its history ends at ${history.at(-1)?.to}, its status is ${status}`
	return history.length === version ? undefined : `its version is ${version}, after ${history.length} transitions`
}

const retentionS = retentionMs / 1000
const leaseS = webhookLeaseMs / 1000

/**
 * Invariant 7: every transition has its command, and the messages that an earlier version of the service wrote to webhooks
 * with it: each delivered or dropped by an operator, pending but not overdue, or dead with an error.
 */
export function commandFault(
	{ history, messages, transitionAgesS }: OrderFacts,
	relaysRun: boolean,
): string | undefined {
	for (const [index, { from, to, messages: due }] of history.entries()) {
		if ((transitionAgesS[index] ?? 0) > retentionS) continue
		const version = index + 1
		const written = messages.filter((message) => message.version === version)
		if (written.length !== due) return `${to} must have ${due} messages and has ${written.length}`
		if (new Set(written.map(({ destination }) => destination)).size < due) {
			return `${to} has two messages for one destination`
		}
		const command =
			from &&
			Object.values(transitions as Record<Action, { from: readonly string[]; to: string; command?: string }>).find(
				(way) => way.to === to && way.from.includes(from),
			)?.command
		if (command && !written.some(({ destination, type }) => destination === 'catalog' && type === command)) {
			return `${to} lacks the command ${command}`
		}
	}
	for (const { state, type, destination, overdueS, hasError } of messages) {
		if (state === 'pending' && relaysRun && overdueS > leaseS)
			return `${type} to ${destination} is overdue by ${overdueS} s`
		if (state === 'dead' && !hasError) return `${type} to ${destination} is dead without an error`
	}
	return undefined
}
