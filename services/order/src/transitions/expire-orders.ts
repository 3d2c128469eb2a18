import { drainBatches } from '@mercat/service/drain-batches'

export type ExpireOrdersNeeds = {
	/** Expires up to `limit` orders that were not paid in time; returns how many. */
	expireOverdue(limit: number): Promise<number>
	/** Tells the relays and the writer of events that there are new messages and events. */
	wakeRelays(): void
}

const batchSize = 200

/** Expires every order that was not paid in time. The relays then release the stock that it held. */
export async function expireOrders({ expireOverdue, wakeRelays }: ExpireOrdersNeeds): Promise<void> {
	await drainBatches(batchSize, async (limit) => {
		const expired = await expireOverdue(limit)
		if (expired > 0) wakeRelays()
		return expired
	})
}
