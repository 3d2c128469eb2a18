import type { OrderStatus } from '@mercat/order-api/schemas'

export type Action = 'pay' | 'ship' | 'deliver' | 'cancel' | 'expire'

export type Command = 'commit' | 'release'

type Transition = {
	from: readonly OrderStatus[]
	to: OrderStatus
	/** What the catalog is told to do with the order's reservation. */
	command?: Command
	/** Only before the order's `expiresAt`, by the database's clock. */
	beforeExpiry?: true
	/** Only once the catalog has acknowledged that the stock is sold. */
	afterCommit?: true
}

/** The life of an order: every way from one status to another, and what follows from it. */
export const transitions: Record<Action, Transition> = {
	pay: { from: ['placed'], to: 'paid', command: 'commit', beforeExpiry: true },
	ship: { from: ['paid'], to: 'shipped', afterCommit: true },
	deliver: { from: ['shipped'], to: 'delivered' },
	cancel: { from: ['placed', 'paid'], to: 'cancelled', command: 'release' },
	expire: { from: ['placed'], to: 'expired', command: 'release' },
}
