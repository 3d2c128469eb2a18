import { isItemsFault } from '@mercat/database/errors'
import { Problem } from '@mercat/rest-api/problem'
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
	/** The queue in which requests wait to be handled. A batch takes all that wait there. */
	inTurn: TaskQueue
	lookUpOrders(asked: OrderKey[], budget: Budget): Promise<OrderLookup[]>
	/** The outcome of each request, or the problem of a request that the catalog refused. */
	reserveStock(requests: ReservationRequest[], budget: Budget): Promise<(ReservationOutcome | Problem)[]>
	insertOrders(writes: OrderWrite[], budget: Budget): Promise<(CurrentOrder | undefined)[]>
}

// The largest call that the catalog accepts.
const mostReservations = 256
const mostLines = 2_000
const mostOrders = 256
// 256 orders with the longest titles and details have 36 MB. Every other order would wait for such a statement.
const mostOrderBytes = 256 * 1024
// The least weight of a line, which bounds the number of lines in a statement.
const leastLineBytes = Math.ceil(mostOrderBytes / mostLines)

const limits = {
	mostBatches: 1,
	mostWaiting: 4_096,
	isItemsFault,
	overloaded: () => new Problem('OVERLOADED'),
} satisfies Partial<BatcherOptions<never, never>>

/**
 * The steps of placing one order. For speed, orders at the same moment share one look-up, one call to the catalog and one
 * statement. Each order still gets its own answer.
 */
export function batchPlacing(
	needs: BatchedPlacingNeeds,
): Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'> {
	const { inTurn } = needs
	const lookUp = createBatcher<OrderKey, OrderLookup>({
		...limits,
		name: 'look up orders',
		gather: inTurn,
		mostItems: mostOrders,
		outOfTime: () => new Problem('REQUEST_TIMEOUT'),
		run: needs.lookUpOrders,
	})
	const reserve = createBatcher<ReservationRequest, ReservationOutcome>({
		...limits,
		name: 'reserve stock',
		gather: inTurn,
		mostItems: mostReservations,
		mostWeight: mostLines,
		weigh: ({ items }) => items.length,
		outOfTime: () => new Problem('CATALOG_TIMEOUT'),
		run: needs.reserveStock,
	})
	const insert = createBatcher<OrderWrite, CurrentOrder | undefined>({
		...limits,
		name: 'insert orders',
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
