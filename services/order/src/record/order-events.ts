import type { OrderCommand, OrderEventDelivery, OrderEvents } from '@mercat/order-api/order-events-schemas'
import { toEvent } from '../events/event.ts'
import { catalogDestination } from '../order/order-messages.ts'
import { printableUrl } from '../outbox/printable-url.ts'
import type { OrderRecord, RecordedDelivery, RecordedMessage } from './order-record.ts'

/** The events of an order with their deliveries, and the commands to the catalog, as staff sees them. */
export function toOrderEvents({ order, events, deliveries, messages }: OrderRecord): OrderEvents {
	return {
		events: events.map(({ position, version, type, loggedAt }) => ({
			position: position === null ? null : String(position),
			version,
			type,
			loggedAt: iso(loggedAt),
			// An order that was restored from a backup of its own may lack the transition.
			event: order.history[version - 1] === undefined ? null : toEvent(version, order),
			deliveries: position === null ? [] : deliveries.filter((one) => one.position === position).map(toDelivery),
		})),
		commands: messages.filter(({ destination }) => destination === catalogDestination).map(toCommand),
	}
}

function toDelivery(delivery: RecordedDelivery): OrderEventDelivery {
	const { webhookId, url, webhookState, position, state, attempts, attemptCount, nextAttemptAt } = delivery
	const last = attempts.at(-1)
	return {
		id: String(position),
		webhookId,
		url: printableUrl(url),
		webhookState,
		state,
		attempts: attemptCount,
		nextAttemptAt: state === 'pending' ? iso(nextAttemptAt) : null,
		lastAttempt: last === undefined ? null : { ...last, at: new Date(last.at).toISOString() },
	}
}

function toCommand(message: RecordedMessage): OrderCommand {
	const { id, version, type, state, attempts, createdAt, nextAttemptAt, settledAt, lastError } = message
	return {
		id: String(id),
		version,
		type: type as OrderCommand['type'],
		state: state as OrderCommand['state'],
		attempts,
		createdAt: new Date(createdAt).toISOString(),
		nextAttemptAt: state === 'pending' ? iso(nextAttemptAt) : null,
		settledAt: iso(settledAt),
		lastError,
	}
}

function iso(time: string | null): string | null {
	return time === null ? null : new Date(time).toISOString()
}
