import { isItemsFault } from '@mercat/database/errors'
import { Problem } from '@mercat/order-api/problems'
import { type BatcherOptions, createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { CurrentOrder } from '../order/order.ts'
import type {
	OrderKey,
	OrderLookup,
	OrderWrite,
	PlaceOrderNeeds,
	ReservationOutcome,
	ReservationRequest,
} from './place-order.ts'

export type BatchedPlacingNeeds = {
	lookUpOrders(asked: OrderKey[], budget: Budget): Promise<OrderLookup[]>
	/** The problem of each that was refused. */
	reserveStock(requests: ReservationRequest[], budget: Budget): Promise<(ReservationOutcome | Problem)[]>
	insertOrders(writes: OrderWrite[], budget: Budget): Promise<(CurrentOrder | undefined)[]>
}

// What the catalog takes in one call.
const mostReservations = 256
const mostLines = 2_000
const mostOrders = 256
// The longest titles and details make 256 orders 36 MB: a statement for which everyone else would wait.
const mostOrderBytes = 256 * 1024
// What a line counts for at least, so that they are bounded, too.
const leastLineBytes = Math.ceil(mostOrderBytes / mostLines)

const limits = {
	mostBatches: 1,
	mostWaiting: 4_096,
	isItemsFault,
	overloaded: () => new Problem('OVERLOADED'),
} satisfies Partial<BatcherOptions<never, never>>

const nobodyLeaves = new AbortController().signal

/**
 * Placing orders by the batch: those that are under way at the same moment share one look-up, one
 * call to the catalog and one statement, while each still gets its own answer.
 *
 * @param inTurn where requests wait to be handled: a batch begins with all those that wait there
 */
export function batchPlacing(
	needs: BatchedPlacingNeeds,
	inTurn: TaskQueue,
): Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'> {
	const lookUp = createBatcher<OrderKey, OrderLookup>({
		...limits,
		gather: inTurn,
		mostItems: mostOrders,
		outOfTime: () => new Problem('REQUEST_TIMEOUT'),
		run: needs.lookUpOrders,
	})
	const reserve = createBatcher<ReservationRequest, ReservationOutcome>({
		...limits,
		gather: inTurn,
		mostItems: mostReservations,
		mostWeight: mostLines,
		weigh: ({ items }) => items.length,
		outOfTime: () => new Problem('CATALOG_TIMEOUT'),
		run: (requests, limit) => needs.reserveStock(requests, { ...limit, signal: nobodyLeaves }),
	})
	const insert = createBatcher<OrderWrite, CurrentOrder | undefined>({
		...limits,
		gather: process.nextTick,
		mostItems: mostOrders,
		mostWeight: mostOrderBytes,
		weigh: bytesOf,
		outOfTime: () => new Problem('REQUEST_TIMEOUT'),
		run: needs.insertOrders,
	})
	return {
		lookUpOrder: lookUp,
		reserveStock: reserve,
		insertOrder: insert,
	}
}

function bytesOf({ order: { items, details } }: OrderWrite): number {
	return Math.max(items.length * leastLineBytes, Buffer.byteLength(JSON.stringify([items, details])))
}
