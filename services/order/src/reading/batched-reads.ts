import { isItemsFault } from '@mercat/database/errors'
import { Problem } from '@mercat/rest-api/problem'
import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { Order, OwnedOrderKey } from '../order/order.ts'

export type BatchedReadsNeeds = {
	/** Each order, in the order of the keys; undefined for an order that does not exist or has another owner. */
	findOrders(asked: OwnedOrderKey[], budget: Budget): Promise<(Order | undefined)[]>
	/** The queue in which requests wait to be handled. A batch takes the reads of all requests that wait there. */
	inTurn: TaskQueue
}

/** Finds one order. For speed, reads at the same moment share one statement. */
export function batchReads({
	findOrders,
	inTurn,
}: BatchedReadsNeeds): (asked: OwnedOrderKey, budget: Budget) => Promise<Order | undefined> {
	return createBatcher<OwnedOrderKey, Order | undefined>({
		name: 'find orders',
		gather: inTurn,
		mostItems: 256,
		mostBatches: 2,
		mostWaiting: 4_096,
		isItemsFault,
		overloaded: () => new Problem('OVERLOADED'),
		outOfTime: () => new Problem('REQUEST_TIMEOUT'),
		run: findOrders,
	})
}
