export type ExpireOrdersNeeds = {
	/** Expires up to `limit` orders that were not paid in time; returns how many. */
	expireOverdue(limit: number): Promise<number>
}

const batchSize = 200

/** Ends every order that was not paid in time, and has its hold released. */
export async function expireOrders({ expireOverdue }: ExpireOrdersNeeds, relays: { wake(): void }): Promise<void> {
	for (;;) {
		const expired = await expireOverdue(batchSize)
		if (expired > 0) relays.wake()
		if (expired < batchSize) return
	}
}
