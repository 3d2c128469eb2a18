import { problemsOfService } from '@mercat/rest-api/problem-table'
import type { ApiDescription } from '@mercat/rest-service/api-description'

const aboutTokens =
	'The token comes from your issuer. To try the API, take the token that `mercat start` prints, or that `npx --yes pnpm@12 mercat token --sub demo` prints. It has the scopes `orders:read` and `orders:write`; `--scope` gives others.'

/** What the documentation says of the order service. */
export const orderDescription: ApiDescription = {
	title: 'Mercat orders',
	description: `Orders over REST, checked and priced by the catalog. Repeating a request with its idempotency key is always safe.\n\nProducts need no token; orders, events and webhooks need one. ${aboutTokens}`,
	tags: [
		{ name: 'orders', description: 'Place orders, read them, and lead them to their delivery' },
		{ name: 'events', description: 'The log of every transition of every order' },
		{ name: 'webhooks', description: 'URLs that get events, and their deliveries' },
		{ name: 'outbox', description: 'Commands to the catalog that are not delivered' },
		{ name: 'products', description: 'The products of the catalog' },
		{ name: 'operations', description: 'Health checks, and the meaning of problems' },
	],
	aboutTokens,
	readiness: {
		ready: 'Orders can be placed',
		notReady: 'Orders cannot be placed now',
		question: 'Whether orders can be placed',
		description: 'The database and the catalog answer, and no shutdown was announced.',
	},
	problems: problemsOfService.order,
	async loadDetails() {
		const { orderDetails } = await import('./order-details.ts')
		return orderDetails
	},
}
