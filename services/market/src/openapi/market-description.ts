import { problemsOfService } from '@mercat/rest-api/problem-table'
import type { ApiDescription } from '@mercat/rest-service/api-description'

const aboutTokens =
	'The token comes from your issuer. To try the API, take the one that `npx --yes pnpm@12 mercat token --sub analyst --scope market:read` prints.'

/** What the documentation says of the market service. */
export const marketDescription: ApiDescription = {
	title: 'Mercat market',
	description: `Live prices as their sources sent them, the sources, what orders sell, and what other settings would have held. Every route needs a token. ${aboutTokens}`,
	tags: [
		{ name: 'ticks', description: 'Prices from sources, and how the sources are' },
		{ name: 'sales', description: 'What orders sell' },
		{ name: 'analyses', description: 'Stored ticks, judged again by other settings' },
		{ name: 'operations', description: 'Health checks, and the meaning of problems' },
	],
	aboutTokens,
	readiness: {
		ready: 'Prices come to the catalog',
		notReady: 'Prices do not come to the catalog now',
		question: 'Whether prices come to the catalog',
		description: 'The database and the catalog answer, the products are known, and no shutdown was announced.',
	},
	problems: problemsOfService.market,
	async loadDetails() {
		const { marketDetails } = await import('./market-details.ts')
		return marketDetails
	},
}
