import type { OrderStatus } from '@mercat/order-api/order-status'

export type Action = 'pay' | 'ship' | 'deliver' | 'cancel' | 'expire'

export type Command = 'commit' | 'release'

type Transition = {
	from: readonly OrderStatus[]
	to: OrderStatus
	/** The command to the catalog about the order's reservation. */
	command?: Command
	/** Allowed only before the order's `expiresAt`, by the database's clock. */
	beforeExpiry?: true
	/** Allowed only after the catalog has acknowledged that the stock is sold. */
	afterCommit?: true
}

/** Every transition that an order can make. */
export const transitions: Record<Action, Transition> = {
	pay: { from: ['placed'], to: 'paid', command: 'commit', beforeExpiry: true },
	ship: { from: ['paid'], to: 'shipped', afterCommit: true },
	deliver: { from: ['shipped'], to: 'delivered' },
	cancel: { from: ['placed', 'paid'], to: 'cancelled', command: 'release' },
	expire: { from: ['placed'], to: 'expired', command: 'release' },
}
