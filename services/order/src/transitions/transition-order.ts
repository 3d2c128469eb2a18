import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@mercat/order-api/problems'
import type { Budget } from '@mercat/service/budget'
import type { Order } from '../order/order.ts'
import { type Action, transitions } from '../order/order-states.ts'

/** A transition as it is to be written; the store's guard lets it happen only from `order` as it was read. */
export type TransitionWrite = {
	order: Order
	action: Action
	/** Who did it: a customer, or a part of the system. */
	by: string
	reason?: string
	reference?: string
}

export type TransitionOrderNeeds = {
	/** The order, if it is the owner's; an undefined owner sees every order. */
	findOrder(asked: { id: string; owner: string | undefined }, budget: Budget): Promise<Order | undefined>
	/** The order after the transition; undefined when it had changed, or its time was over. */
	writeTransition(write: TransitionWrite, budget: Budget): Promise<Order | undefined>
	/** Lets the relay know that there is something to deliver. */
	wakeRelay(): void
}

export type TransitionCommand = {
	id: string
	owner: string | undefined
	action: Exclude<Action, 'expire'>
	by: string
	reason?: string
	reference?: string
	/** The versions that the caller would act on, from `If-Match`. */
	ifVersions?: readonly number[]
}

const commitPollMs = 25
// Kept back, so that the answer to the client is out before its budget is over.
const answerMs = 50

/**
 * Takes an order from one status to the next. Repeating a transition with the same reference answers
 * with the order and changes nothing.
 *
 * @throws Problem ORDER_NOT_FOUND, ORDER_STATE_CONFLICT, PRECONDITION_FAILED; CATALOG_UNAVAILABLE when
 * the catalog has not acknowledged in time what must come first
 */
export function transitionOrder({ findOrder, writeTransition, wakeRelay }: TransitionOrderNeeds) {
	return async (command: TransitionCommand, budget: Budget): Promise<Order> => {
		const { action, by, reason, reference } = command
		for (;;) {
			const order = await findOrder(command, budget)
			if (order === undefined) throw new Problem('ORDER_NOT_FOUND')
			if (wasMade(order, command)) return order
			checkAllowed(order, command)
			if (transitions[action].afterCommit && order.stockCommittedAt === null) {
				if (budget.remainingMs() <= commitPollMs + answerMs) throw new Problem('CATALOG_UNAVAILABLE')
				wakeRelay()
				await sleep(commitPollMs)
				continue
			}
			const written = await writeTransition({ order, action, by, reason, reference }, budget)
			if (written !== undefined) {
				wakeRelay()
				return written
			}
			// Someone was faster, or the time to pay is over: the order as it is now decides.
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
