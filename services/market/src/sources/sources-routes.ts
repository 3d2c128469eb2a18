import { SourceListSchema } from '@mercat/market-api/source-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { readScope } from '../http/market-scopes.ts'
import { type ListSourcesNeeds, listSources } from './list-sources.ts'

export type SourcesRoutesNeeds = ListSourcesNeeds

/** The route that tells how the sources are, for a scope that requires a sign-in. */
export function sourcesRoutes(app: FastifyTypeBox, needs: SourcesRoutesNeeds): void {
	const list = listSources(needs)
	app.get(
		'/v1/sources',
		{
			config: { scopes: [readScope] },
			schema: {
				operationId: 'listSources',
				summary: 'The sources of live prices, and how far each is read',
				description: 'Processes with the same settings tell the same: the rest is read from the database.',
				tags: ['ticks'],
				response: { 200: Type.Ref(SourceListSchema, { description: 'The sources' }) },
			},
		},
		async (request, reply) => {
			reply.header('cache-control', 'no-store')
			return list(request.budget)
		},
	)
}
