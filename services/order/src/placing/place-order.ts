import type { OrderRequest, RequestedItem } from '@mercat/order-api/order-request'
import { isRefusal, Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import { traceparentOf } from '@mercat/service/trace-context'
import type { CurrentOrder, NewOrder, Order } from '../order/order.ts'
import { addressErrors } from './address-errors.ts'

/** Stock that the catalog holds for an order: the lines, at the prices that the customer is charged. */
export type Reservation = Pick<Order, 'items' | 'currency' | 'totalMinor'>

export type ReservationOutcome =
	/** The catalog holds the stock, by this call or by an earlier copy of it. */
	| { outcome: 'reserved'; reservation: Reservation }
	/** The order's reservation was released for good. */
	| { outcome: 'released' }
	/** The order has a reservation already, and a `createOnly` request leaves it as it is. */
	| { outcome: 'exists' }

export type ReservationRequest = {
	orderId: string
	holdMs: number
	items: RequestedItem[]
	/** Whether an order that has a reservation, in any state, gets the outcome `exists` and nothing changes. */
	createOnly: boolean
}

export type OrderKey = { id: string; customerId: string }

export type OrderWrite = {
	order: NewOrder
	/** The order is not written after this time of the database's clock, in milliseconds since the epoch. */
	notAfter: number
	/** The trace that the request belongs to. */
	traceparent?: string
}

export type OrderLookup = {
	order?: Order
	/** How many more unpaid orders the customer may have. */
	room: number
	/** The database's clock at the look-up, in milliseconds since the epoch. */
	readAt: number
}

export type PlaceOrderNeeds = {
	/**
	 * For an order that is presumed new and whose customer has room for it: the last known time of the database's clock, in
	 * milliseconds since the epoch. Undefined for an order that must be looked up.
	 */
	clockIfNew(asked: OrderKey): number | undefined
	lookUpOrder(asked: OrderKey, budget: Budget): Promise<OrderLookup>
	/** @throws Problem when the catalog refuses */
	reserveStock(request: ReservationRequest, budget: Budget): Promise<ReservationOutcome>
	/** The order as written; undefined when the order exists already or its `notAfter` has passed. */
	insertOrder(write: OrderWrite, budget: Budget): Promise<CurrentOrder | undefined>
	paymentWindowMs: number
	requestBudgetMs: number
}

export type PlaceOrderCommand = {
	id: string
	customerId: string
	idempotencyKey: string
	fingerprint: string
	request: OrderRequest
}

export type PlacedOrder = { order: CurrentOrder; replayed: boolean }

export type PlaceOrder = (command: PlaceOrderCommand, budget: Budget) => Promise<PlacedOrder>

// After this share of the budget a presumed order is looked up, so that a copy is answered while the catalog is slow.
const patienceShare = 0.1

/**
 * Places an order, or finds the order that an earlier copy of the request has placed. The id is known before the order
 * exists, so any number of copies of the request may run here at once.
 *
 * An order is looked up first, unless it is presumed new. For a presumed order the catalog is asked to create a
 * reservation, and to change nothing if there is one. An order never exists without a reservation, so a created
 * reservation proves that the order is new. In any other case the look-up follows.
 *
 * The hold outlives the payment window: it begins after `readAt`, the order is written before `readAt` plus the budget,
 * and the hold lasts for the payment window plus twice the budget. An attempt that fails leaves its hold behind, and the
 * hold expires by itself. Only the outbox releases a reservation.
 *
 * @throws Problem
 */
export function placeOrder(needs: PlaceOrderNeeds): PlaceOrder {
	const holdMs = Math.ceil(1.1 * needs.paymentWindowMs + 2 * needs.requestBudgetMs)
	const patienceMs = patienceShare * needs.requestBudgetMs

	return async (command, budget) => {
		const errors = addressErrors(command.request.shippingAddress)
		// An order may be older than the rules of addresses. Its copies are answered as before.
		if (errors.length > 0) return replayOr(new Problem('INVALID_REQUEST', { errors }), command, budget)
		const readAt = needs.clockIfNew(command)
		const placed = readAt === undefined ? undefined : await placeNew(command, readAt, budget)
		return placed ?? placeOrFind(command, budget)
	}

	/** Undefined when the order has a reservation already, or when it came too late by the clock of `readAt`. */
	async function placeNew(
		command: PlaceOrderCommand,
		readAt: number,
		budget: Budget,
	): Promise<PlacedOrder | undefined> {
		const reserving = reserve(command, true, budget)
		if (!(await isAnsweredWithin(patienceMs, reserving))) {
			// The look-up's room does not matter: it was decided before, and the catalog may hold the stock by now.
			const { order } = await needs.lookUpOrder(command, budget)
			if (order !== undefined) return replay(order, command)
		}
		const answer = await reserving
		return answer.outcome === 'reserved' ? write(command, answer.reservation, readAt, budget) : undefined
	}

	async function placeOrFind(command: PlaceOrderCommand, budget: Budget): Promise<PlacedOrder> {
		const { order, room, readAt } = await needs.lookUpOrder(command, budget)
		if (order !== undefined) return replay(order, command)
		if (room <= 0) throw new Problem('TOO_MANY_UNPAID_ORDERS')
		const answer = await reserve(command, false, budget)
		switch (answer.outcome) {
			case 'reserved': {
				const placed = await write(command, answer.reservation, readAt, budget)
				return placed ?? replayOr(new Problem('REQUEST_TIMEOUT'), command, budget)
			}
			case 'released':
			case 'exists': {
				// Only the end of an order releases its reservation, so there must be an order by now.
				const cause = new Error('the catalog has released a reservation without an order')
				return replayOr(new Problem('CATALOG_ERROR', {}, { cause }), command, budget)
			}
		}
	}

	/** The order that another copy of the request has placed meanwhile; throws `problem` when no copy has. */
	async function replayOr(problem: Problem, command: PlaceOrderCommand, budget: Budget): Promise<PlacedOrder> {
		const { order } = await needs.lookUpOrder(command, budget)
		if (order === undefined) throw problem
		return replay(order, command)
	}

	function reserve({ id, request }: PlaceOrderCommand, createOnly: boolean, budget: Budget) {
		return needs.reserveStock({ orderId: id, holdMs, items: request.items, createOnly }, budget)
	}

	async function write(
		command: PlaceOrderCommand,
		reservation: Reservation,
		readAt: number,
		budget: Budget,
	): Promise<PlacedOrder | undefined> {
		const notAfter = readAt + needs.requestBudgetMs
		const order = await needs.insertOrder(
			{ order: newOrder(command, reservation), notAfter, traceparent: traceparentOf(budget.trace) },
			budget,
		)
		return order && { order, replayed: false }
	}
}

/** Whether `answer` comes within `ms`. A refusal is an answer; any other error is not. */
async function isAnsweredWithin(ms: number, answer: Promise<unknown>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(resolve, ms, false)
	})
	const answered = answer.then(() => true, isRefusal)
	return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}

function replay(order: Order, { fingerprint }: PlaceOrderCommand): PlacedOrder {
	if (order.fingerprint !== fingerprint) throw new Problem('IDEMPOTENCY_KEY_REUSED')
	return { order, replayed: true }
}

function newOrder(
	{ id, customerId, idempotencyKey, fingerprint, request }: PlaceOrderCommand,
	{ items, currency, totalMinor }: Reservation,
): NewOrder {
	const { items: _requested, ...details } = request
	return { id, customerId, idempotencyKey, fingerprint, items, currency, totalMinor, details }
}
