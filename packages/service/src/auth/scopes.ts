/** Every scope that a service checks, with the sentence that `mercat token --help` says about it. */
export const scopes = {
	'orders:read': "reading and listing one's own orders",
	'orders:write': "placing orders, and cancelling one's own",
	'orders:manage': 'staff: reading, listing, cancelling, paying, shipping and delivering the orders of all customers',
	'events:read': 'reading the events of the orders of all customers',
	'webhooks:manage': 'managing webhooks',
	'catalog:write': 'changing products and their stock',
	'market:read': 'reading ticks, sources, sales and analyses of live prices',
	'market:manage': 'starting and cancelling analyses of live prices',
	'stock:reserve': 'reserving stock, and committing and releasing reservations',
} as const

export type Scope = keyof typeof scopes
