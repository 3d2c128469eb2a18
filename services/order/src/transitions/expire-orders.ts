import { drainBatches } from '@mercat/service/drain-batches'
import type { Order } from '../order/order.ts'
import { traceIdOfPlacing } from '../order/order-trace.ts'

export type ExpireOrdersNeeds = {
	/** Expires up to `limit` orders that were not paid in time. */
	expireOverdue(limit: number): Promise<Order[]>
	/** Tells the relays and the writer of events that there are new messages and events. */
	wakeRelays(): void
	log: { info(facts: object, text: string): void }
}

const batchSize = 200

/** Expires every order that was not paid in time. The relays then release the stock that it held. */
export async function expireOrders({ expireOverdue, wakeRelays, log }: ExpireOrdersNeeds): Promise<void> {
	await drainBatches(batchSize, async (limit) => {
		const expired = await expireOverdue(limit)
		if (expired.length > 0) wakeRelays()
		for (const order of expired) {
			log.info({ orderId: order.id, traceId: traceIdOfPlacing(order) }, 'an order was not paid in time and has expired')
		}
		return expired.length
	})
}
