import { isRefusal, Problem } from '@mercat/order-api/problems'
import type { OrderRequest, RequestedItem } from '@mercat/order-api/schemas'
import type { Budget } from '@mercat/service/budget'
import type { CurrentOrder, NewOrder, Order } from '../order/order.ts'

/** What the catalog promised: the lines with the prices that are charged. */
export type Reservation = Pick<Order, 'items' | 'currency' | 'totalMinor'>

/** `released` when the order's reservation was ended for good, `exists` when it was only to be created. */
export type ReservationOutcome = Reservation | 'released' | 'exists'

/** `createOnly`: where the order has a reservation, whatever became of it, nothing is changed. */
export type ReservationRequest = { orderId: string; holdMs: number; items: RequestedItem[]; createOnly: boolean }

export type OrderKey = { id: string; customerId: string }

/** An order to be written, unless `notAfter` has passed on the database's clock, in milliseconds since the epoch. */
export type OrderWrite = { order: NewOrder; notAfter: number }

/**
 * What the order database knows of an id, how many more unpaid orders its customer may have, and the database's clock at
 * that moment, in milliseconds since the epoch.
 */
export type OrderLookup = { order?: Order; room: number; readAt: number }

export type PlaceOrderNeeds = {
	/**
	 * The database's clock as it was last read, for an order that is presumed to be new and whose customer has room
	 * for it; undefined when that has to be looked up.
	 */
	clockIfNew(asked: OrderKey): number | undefined
	lookUpOrder(asked: OrderKey, budget: Budget): Promise<OrderLookup>
	/** Refusals are thrown as problems. */
	reserveStock(request: ReservationRequest, budget: Budget): Promise<ReservationOutcome>
	/** The order as written; undefined when it is there already, or when its time has passed. */
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

// After so much of the budget an order is looked up meanwhile, so that a copy is answered although the catalog is slow.
const patienceShare = 0.1

/**
 * Places an order, or finds that it has been placed: the order's id is known before the order exists,
 * so that everything here may be repeated, by any number of copies of the request at once.
 *
 * Whether it has been placed is looked up first, unless it is presumed to be new: then the catalog is asked to create its
 * reservation and nothing else. No order has ever been without one, so where the catalog creates it there is no order;
 * in any other case all begins again, with the look-up.
 *
 * The hold outlives the payment window: it is taken after `readAt`, the order is written before
 * `readAt` + budget, and the hold lasts for the window and twice the budget. An attempt that is
 * given up leaves a hold behind that runs out by itself; only the outbox ever releases one.
 *
 * @throws Problem
 */
export function placeOrder(needs: PlaceOrderNeeds) {
	const holdMs = Math.ceil(1.1 * needs.paymentWindowMs + 2 * needs.requestBudgetMs)
	const patienceMs = patienceShare * needs.requestBudgetMs

	return async (command: PlaceOrderCommand, budget: Budget): Promise<PlacedOrder> => {
		const readAt = needs.clockIfNew(command)
		const placed = readAt === undefined ? undefined : await placeNew(command, readAt, budget)
		return placed ?? placeOrFind(command, budget)
	}

	/** Undefined where it was not to be had like this: the order has a reservation, or its time by that clock is over. */
	async function placeNew(
		command: PlaceOrderCommand,
		readAt: number,
		budget: Budget,
	): Promise<PlacedOrder | undefined> {
		const reserving = reserve(command, true, budget)
		if (!(await isAnsweredWithin(patienceMs, reserving))) {
			// Whether there is room was decided before: the stock may be held by now.
			const { order } = await needs.lookUpOrder(command, budget)
			if (order !== undefined) return replay(order, command)
		}
		const reservation = await reserving
		return typeof reservation === 'string' ? undefined : write(command, reservation, readAt, budget)
	}

	async function placeOrFind(command: PlaceOrderCommand, budget: Budget): Promise<PlacedOrder> {
		const { order, room, readAt } = await needs.lookUpOrder(command, budget)
		if (order !== undefined) return replay(order, command)
		if (room <= 0) throw new Problem('TOO_MANY_UNPAID_ORDERS')
		const reservation = await reserve(command, false, budget)
		const isReleased = typeof reservation === 'string'
		const placed = isReleased ? undefined : await write(command, reservation, readAt, budget)
		if (placed !== undefined) return placed

		const { order: first } = await needs.lookUpOrder(command, budget)
		if (first !== undefined) return replay(first, command)
		if (!isReleased) throw new Problem('REQUEST_TIMEOUT')
		// Only an order's end releases its reservation.
		throw new Problem('CATALOG_ERROR', {}, { cause: new Error('a reservation without an order was released') })
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
		const order = await needs.insertOrder({ order: newOrder(command, reservation), notAfter }, budget)
		return order && { order, replayed: false }
	}
}

/** Whether there is an answer within `ms`: a refusal is one, a failure is none. */
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
