import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import { traceparentOf } from '@mercat/service/trace-context'
import type { Order, OwnedOrderKey } from '../order/order.ts'
import { type Action, transitions } from '../order/order-states.ts'

/** A transition to write. The store writes it only while the order is still as `order` was read. */
export type TransitionWrite = {
	order: Order
	action: Action
	/** The subject of the caller's token, or `system:` and a part of the service. */
	who: string
	why?: string
	reference?: string
	/** The trace that the transition belongs to. */
	traceparent?: string
}

export type TransitionOrderNeeds = {
	/** The order; undefined when it does not exist or has another owner. */
	findOrder(asked: OwnedOrderKey, budget: Budget): Promise<Order | undefined>
	/** The order after the transition; undefined when the order had changed or its payment window was over. */
	writeTransition(write: TransitionWrite, budget: Budget): Promise<Order | undefined>
	/** Tells the relays and the writer of events that there are new messages and events. */
	wakeRelays(): void
}

export type TransitionCommand = OwnedOrderKey & {
	action: Exclude<Action, 'expire'>
	who: string
	why?: string
	reference?: string
	/** The versions of the order for which the caller wants the transition, from `If-Match`. Undefined is any version. */
	ifVersions?: readonly number[]
}

const commitPollMs = 25
// Kept back from the budget, so that the answer leaves in time.
const answerMs = 50
const notSold = 'The catalog has not yet confirmed that the stock of the order is sold. The order has not changed.'

/**
 * Makes a transition of an order. A repeated transition with the same reference changes nothing and returns the order.
 *
 * @throws Problem ORDER_NOT_FOUND, ORDER_STATE_CONFLICT, PRECONDITION_FAILED; CATALOG_UNAVAILABLE when the transition has
 * to wait for the catalog to acknowledge the sale of the stock, and the budget is over first
 */
export function transitionOrder({ findOrder, writeTransition, wakeRelays }: TransitionOrderNeeds) {
	return async (command: TransitionCommand, budget: Budget): Promise<Order> => {
		const { action, who, why, reference } = command
		const traceparent = traceparentOf(budget.trace)
		for (;;) {
			const order = await findOrder(command, budget)
			if (order === undefined) throw new Problem('ORDER_NOT_FOUND')
			if (wasMade(order, command)) return order
			checkAllowed(order, command)
			if (transitions[action].afterCommit && order.stockCommittedAt === null) {
				if (budget.remainingMs() <= commitPollMs + answerMs)
					throw new Problem('CATALOG_UNAVAILABLE', {}, { detail: notSold })
				wakeRelays()
				await sleep(commitPollMs)
				continue
			}
			const written = await writeTransition({ order, action, who, why, reference, traceparent }, budget)
			if (written !== undefined) {
				wakeRelays()
				return written
			}
			// Another transition came first, or the payment window is over. The order as it is now decides.
			const now = await findOrder(command, budget)
			if (now?.version === order.version || budget.remainingMs() <= answerMs) throw conflict(order, action)
		}
	}
}

function wasMade(order: Order, { action, reference }: TransitionCommand): boolean {
	if (order.status !== transitions[action].to) return false
	if (action === 'cancel') return true
	if (order.history.at(-1)?.reference === reference) return true
	throw conflict(order, action)
}

function checkAllowed(order: Order, { action, ifVersions }: TransitionCommand): void {
	if (ifVersions?.includes(order.version) === false) throw new Problem('PRECONDITION_FAILED')
	if (!transitions[action].from.includes(order.status)) throw conflict(order, action)
}

function conflict({ status }: Order, action: Action): Problem {
	return new Problem('ORDER_STATE_CONFLICT', { state: status, transition: action })
}
