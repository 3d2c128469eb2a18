import type { CurrentOrder, NewOrder, Order, OrderRequest, RequestedItem } from './order.ts'
import { Problem } from './problems.ts'
import type { RequestBudget } from './request-budget.ts'

/** What the catalog promised: the lines with the prices that are charged. */
export type Reservation = Pick<Order, 'items' | 'currency' | 'totalMinor'>

/** `released` when the order's reservation was ended for good. */
export type ReservationOutcome = Reservation | 'released'

export type ReservationRequest = { orderId: string; holdMs: number; items: RequestedItem[] }

export type OrderKey = { id: string; customerId: string }

/** An order to be written, unless `notAfter` has passed on the database's clock, in milliseconds since the epoch. */
export type OrderWrite = { order: NewOrder; notAfter: number }

/**
 * What the order database knows of an id, whether its customer has as many unpaid orders as there may be, and the
 * database's clock at that moment, in milliseconds since the epoch.
 */
export type OrderLookup = { order?: Order; isBeyondLimit: boolean; readAt: number }

export type PlaceOrderNeeds = {
	lookUpOrder(asked: OrderKey, budget: RequestBudget): Promise<OrderLookup>
	/** Refusals are thrown as problems. */
	reserveStock(request: ReservationRequest, budget: RequestBudget): Promise<ReservationOutcome>
	/** The order as written; undefined when it is there already, or when its time has passed. */
	insertOrder(write: OrderWrite, budget: RequestBudget): Promise<CurrentOrder | undefined>
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

/**
 * Places an order, or finds that it has been placed: the order's id is known before the order exists,
 * so that everything here may be repeated, by any number of copies of the request at once.
 *
 * The hold outlives the payment window: it is taken after `readAt`, the order is written before
 * `readAt` + budget, and the hold lasts for the window and twice the budget. An attempt that is
 * given up leaves a hold behind that runs out by itself; only the outbox ever releases one.
 *
 * @throws Problem
 */
export function placeOrder(needs: PlaceOrderNeeds) {
	const holdMs = Math.ceil(1.1 * needs.paymentWindowMs + 2 * needs.requestBudgetMs)

	return async (command: PlaceOrderCommand, budget: RequestBudget): Promise<PlacedOrder> => {
		const { id, request } = command
		const { order: earlier, isBeyondLimit, readAt } = await needs.lookUpOrder(command, budget)
		if (earlier !== undefined) return replay(earlier, command)
		if (isBeyondLimit) throw new Problem('TOO_MANY_UNPAID_ORDERS')

		const reservation = await needs.reserveStock({ orderId: id, holdMs, items: request.items }, budget)
		if (reservation === 'released') return replayEnded(needs, command, budget)

		const write = { order: newOrder(command, reservation), notAfter: readAt + needs.requestBudgetMs }
		const order = await needs.insertOrder(write, budget)
		if (order !== undefined) return { order, replayed: false }

		const { order: first } = await needs.lookUpOrder(command, budget)
		if (first === undefined) throw new Problem('REQUEST_TIMEOUT')
		return replay(first, command)
	}
}

function replay(order: Order, { fingerprint }: PlaceOrderCommand): PlacedOrder {
	if (order.fingerprint !== fingerprint) throw new Problem('IDEMPOTENCY_KEY_REUSED')
	return { order, replayed: true }
}

// Only an order's end releases its reservation, so the order is there by now.
async function replayEnded(
	needs: PlaceOrderNeeds,
	command: PlaceOrderCommand,
	budget: RequestBudget,
): Promise<PlacedOrder> {
	const { order } = await needs.lookUpOrder(command, budget)
	if (order === undefined)
		throw new Problem('CATALOG_ERROR', {}, { cause: new Error('a reservation without an order was released') })
	return replay(order, command)
}

function newOrder(
	{ id, customerId, idempotencyKey, fingerprint, request }: PlaceOrderCommand,
	{ items, currency, totalMinor }: Reservation,
): NewOrder {
	const { items: _requested, ...details } = request
	return { id, customerId, idempotencyKey, fingerprint, items, currency, totalMinor, details }
}
