import { isSku, skuRule } from '@mercat/catalog-api/identifiers'
import {
	mostWatchedSkus,
	ProductChangesHeaders,
	type ProductChangesQuery,
	ProductChangesQuerySchema,
} from '@mercat/order-api/product-change-schemas'
import { Problem, parameterPlace } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { openStreamOutput, streamHeaders } from '@mercat/rest-service/open-stream-output'
import { addressKey } from '@mercat/rest-service/rate-limit'
import { ClientLeftError } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { ChangeFilter } from './change-frames.ts'
import type { ProductChangeStreams } from './product-change-streams.ts'

export type ProductChangesRoutesNeeds = { streams: ProductChangeStreams }

// For a hundred of the longest skus with encoded commas.
const longestUri = 8_192

/** The route that streams changes of products, also to callers without a token. */
export function productChangesRoutes(app: FastifyTypeBox, { streams }: ProductChangesRoutesNeeds): void {
	app.addHook('preClose', (done) => {
		streams.endAll()
		done()
	})

	app.get(
		'/v1/product-changes',
		{
			config: { problems: ['TOO_MANY_STREAMS'], streamsEvents: true, longestUri },
			schema: {
				operationId: 'streamProductChanges',
				summary: 'The changes of products, as a stream',
				description:
					'Server-sent events for `EventSource` of browsers. `changes` has JSON `{ changes: [{ sku, product | price | availableQuantity, changedAt }], asOf }`: a whole product as `GET /v1/products/{sku}` has it but without its quantity, a price with its `lowestPrice30d`, or a quantity. `asOf` is the time until which every change is told; it is missing while quantities are read anew. Every change comes once and in order; of quantities only the latest. A stream begins with a `changes` without any: read your products after it. A browser that comes back with its `Last-Event-ID` goes on where it was. `reset` says that it cannot: read your products again.',
				tags: ['products'],
				security: [],
				querystring: ProductChangesQuerySchema,
				headers: ProductChangesHeaders,
				response: {
					200: {
						description: 'The stream, in which `id` is where a reader goes on. It ends when the service stops',
						content: { 'text/event-stream': { schema: Type.String() } },
					},
				},
			},
		},
		async (request, reply) => {
			const filter = filterOf(request.query)
			reply.header('cache-control', 'no-store')
			const { method, raw, headers } = request
			if (method === 'HEAD') return reply.headers(streamHeaders).send('')
			if (raw.socket.destroyed) throw new ClientLeftError('the client has left')
			const lastEventId = headers['last-event-id'] || undefined
			const options = { client: addressKey(request), lastEventId, filter }
			raw.socket.once(
				'close',
				streams.open(options, () => openStreamOutput(reply)),
			)
			return reply
		},
	)
}

function filterOf({ skus: texts, products }: ProductChangesQuery): ChangeFilter {
	const skus = texts.flatMap((text) => text.split(','))
	const fault = !skus.every(isSku)
		? { code: 'pattern', detail: `must be skus between commas, each of ${skuRule}` }
		: skus.length > mostWatchedSkus && { code: 'maxItems', detail: `must have at most ${mostWatchedSkus} skus` }
	if (fault) throw new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace('skus'), ...fault }] })
	return { skus: skus.length === 0 ? undefined : new Set(skus), productsOnly: products === 'only' }
}
