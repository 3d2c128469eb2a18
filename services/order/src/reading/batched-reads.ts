import { isItemsFault } from '@mercat/database/errors'
import { Problem } from '@mercat/order-api/problems'
import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { Order } from '../order/order.ts'
import type { OwnedOrderKey } from '../placing/placing-store.ts'

/** Reads of orders by id that are under way at the same moment share one statement. */
export function batchReads(
	findOrders: (asked: OwnedOrderKey[], budget: Budget) => Promise<(Order | undefined)[]>,
	inTurn: TaskQueue,
): (asked: OwnedOrderKey, budget: Budget) => Promise<Order | undefined> {
	return createBatcher<OwnedOrderKey, Order | undefined>({
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
