import type { OrderStatus } from '@mercat/order-api/order-status'
import { type Action, type Command, transitions } from './order-states.ts'

/** The destination of commands. Messages to any other destination, the URL of a webhook, are from an earlier version. */
export const catalogDestination = 'catalog'

/** A row of the outbox before it is written: a command to the catalog. */
export type OutboxMessage = { destination: typeof catalogDestination; type: Command }

/** The messages that a transition writes to the outbox. */
export function transitionMessages(action: Action): OutboxMessage[] {
	const { command } = transitions[action]
	return command === undefined ? [] : [{ destination: catalogDestination, type: command }]
}

/** How many messages a transition between two statuses writes to the outbox. */
export function messageCount(from: OrderStatus | null, to: OrderStatus): number {
	if (from === null) return 0
	const action = (Object.keys(transitions) as Action[]).find(
		(known) => transitions[known].to === to && transitions[known].from.includes(from),
	)
	return action === undefined ? 0 : transitionMessages(action).length
}
