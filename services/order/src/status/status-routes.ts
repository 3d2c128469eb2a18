import { StatusSchema } from '@mercat/order-api/status-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { openStreamOutput, streamClientOf, streamHeaders } from '@mercat/rest-service/open-stream-output'
import { ClientLeftError } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'
import type { StatusFeed } from './status-feed.ts'
import type { StatusStreams } from './status-streams.ts'

export type StatusRoutesNeeds = { feed: Pick<StatusFeed, 'current'>; streams: StatusStreams }

const scopes = [staffScope]
const tags = ['operations']
const json = 'application/json; charset=utf-8'

/** The routes for the state of the services, for a scope that requires a sign-in. */
export function statusRoutes(app: FastifyTypeBox, { feed, streams }: StatusRoutesNeeds): void {
	app.addHook('preClose', (done) => {
		streams.endAll()
		done()
	})

	app.get(
		'/v1/status',
		{
			config: { scopes },
			schema: {
				operationId: 'getStatus',
				summary: 'How the services are, and what they do',
				description:
					'Health of both services, and rates, times and work that waits. A status is taken once a second while somebody reads, and until a minute later. The first answer after a pause has no `rates`: ask again a second later.',
				tags,
				response: {
					// It is written as JSON once for all readers.
					200: Type.Unsafe<string>(Type.Ref(StatusSchema, { description: 'The status of this second' })),
				},
			},
		},
		async (_request, reply) => {
			reply.header('cache-control', 'no-store').type(json)
			return reply.send(await feed.current())
		},
	)

	app.get(
		'/v1/status/stream',
		{
			config: { scopes, problems: ['TOO_MANY_STREAMS'], streamsEvents: true },
			schema: {
				operationId: 'streamStatus',
				summary: 'The status of each second, as a stream',
				description:
					'Server-sent events `status`, whose data is the JSON of `GET /v1/status`: first the ones of the last two minutes, as far as any were taken, and then one each second. Open it with `curl -N`, or with `fetch` in a page: `EventSource` sends no token. A reader that is too slow misses some.',
				tags,
				response: {
					200: {
						description: 'The stream. It ends when the token does, and when the service stops',
						content: { 'text/event-stream': { schema: Type.String() } },
					},
				},
			},
		},
		async (request, reply) => {
			reply.header('cache-control', 'no-store')
			const { identity, method, raw } = request
			if (method === 'HEAD') return reply.headers(streamHeaders).send('')
			if (raw.socket.destroyed) throw new ClientLeftError('the client has left')
			const options = { client: streamClientOf(request), expiresAt: identity.expiresAt }
			raw.socket.once(
				'close',
				streams.open(options, () => openStreamOutput(reply)),
			)
			return reply
		},
	)
}
