import { recordOf, type Tried, waiting } from './delivery-record.ts'
import type { DeliveryRecord } from './leased-webhook.ts'
import type { SessionResult } from './webhook-session.ts'

export type TryOrdersNeeds = {
	post(tried: Tried): Promise<SessionResult>
	/** Whether another attempt may begin. */
	mayTry(): boolean
	/** Called with the outcome of each attempt. */
	onResult(result: SessionResult): void
}

/**
 * Tries events, those of one order one after another, and of at most `atOnce` orders at once. After an event that was not
 * delivered, the later ones of its order wait.
 *
 * @param tried in the order of their positions
 * @returns a record for each event, in no order
 */
export async function tryOrders(tried: Tried[], atOnce: number, needs: TryOrdersNeeds): Promise<DeliveryRecord[]> {
	const records: DeliveryRecord[] = []

	async function tryOrder(events: Tried[]): Promise<void> {
		let isOpen = true
		for (const next of events) {
			if (!isOpen || !needs.mayTry()) {
				records.push(waiting(next.event))
				continue
			}
			const result = await needs.post(next)
			needs.onResult(result)
			records.push(recordOf(next, result))
			isOpen = result.outcome === 'delivered'
		}
	}

	const orders = Map.groupBy(tried, ({ event }) => event.orderId).values()
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (const events of orders) await tryOrder(events)
		}),
	)
	return records
}
