import type { HistoryEntry, OrderItem, OrderStatus } from '@mercat/order/order'

/** A breach of an invariant: of what, and how. */
export type Breach = { subject: string; finding: string }

/** A message that an order owes, or has paid. */
export type MessageFacts = {
	version: number
	destination: string
	type: string
	state: 'pending' | 'delivered' | 'dead'
	overdueS: number
	hasError: boolean
}

export type OrderFacts = {
	id: string
	customerId: string
	idempotencyKey: string
	status: OrderStatus
	version: number
	items: OrderItem[]
	currency: string
	totalMinor: number
	history: HistoryEntry[]
	/** Past its time to pay, and so about to expire. */
	overdue: boolean
	messages: MessageFacts[]
	/** How long ago each transition was, oldest first. */
	transitionAgesS: number[]
}

export type ReservationFacts = {
	orderId: string
	state: 'held' | 'committed' | 'released' | 'expired'
	lines: OrderItem[]
	currency: string | null
}
