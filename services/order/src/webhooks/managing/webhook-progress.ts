import type { DeliveryAttempt } from '@mercat/order-api/webhook-schemas'

/** What a webhook is still to get, and how its receiver takes it. */
export type WebhookProgress = {
	/** Events that wait. A count of deliveries ends at 100,000. */
	pending: number
	/** When the oldest of them was logged. */
	waitingSince: Date | null
	/** Dead deliveries. The count ends at 1,000. */
	dead: number
	/** The oldest delivery that waits for another attempt; null when there is none, or when it was not tried. */
	failing: { since: string; lastAttempt: DeliveryAttempt } | null
	/** When the first pending delivery is due. */
	nextAttemptAt: Date | null
}
