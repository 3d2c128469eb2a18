import { EventPageSchema, EventQuerySchema, LastEventIdHeader } from '@mercat/order-api/event-schemas'
import { prefersEventStream } from '@mercat/rest-service/accept'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { openStreamOutput, streamClientOf, streamHeaders } from '@mercat/rest-service/open-stream-output'
import { ClientLeftError } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { staffScope } from '../../http/staff.ts'
import { resolveStart } from '../position.ts'
import { filterOf, streamStartOf } from './event-query.ts'
import type { EventStreamOptions } from './event-stream.ts'
import type { EventStreams } from './event-streams.ts'
import { type EventPart, type ListEventsNeeds, listEvents } from './list-events.ts'
import { createPageRoom } from './page-room.ts'

export type EventsRoutesNeeds = ListEventsNeeds & { streams: EventStreams }

/** The routes that read the log of events, for a scope that requires a sign-in. */
export function eventsRoutes(app: FastifyTypeBox, needs: EventsRoutesNeeds): void {
	const list = listEvents(needs)
	const room = createPageRoom()

	function stream(request: FastifyRequest, reply: FastifyReply, part: Pick<EventStreamOptions, 'after' | 'filter'>) {
		const { identity, method, raw } = request
		if (method === 'HEAD') return reply.headers(streamHeaders).send()
		if (raw.socket.destroyed) throw new ClientLeftError('the client has left')
		const options = { ...part, client: streamClientOf(request), expiresAt: identity.expiresAt }
		const close = needs.streams.open(options, () => openStreamOutput(reply))
		raw.socket.once('close', close)
		return reply
	}

	app.get(
		'/v1/events',
		{
			config: {
				scopes: ['events:read', staffScope],
				problems: ['POSITION_EXPIRED', 'TOO_MANY_STREAMS'],
				streamsEvents: true,
			},
			schema: {
				operationId: 'listEvents',
				summary: 'Read the log of events, as pages or as a stream',
				description:
					'Every transition of every order, in the order of their positions. Keep `next` and send it as `after`: no event is skipped.\n\nTo open the stream, send `Accept: text/event-stream` and read the body as it comes (`curl -N`, or `fetch` in a page: `EventSource` sends no token). It never ends by itself. When it breaks, send the last `id` as `Last-Event-ID`.',
				tags: ['events'],
				querystring: EventQuerySchema,
				headers: LastEventIdHeader,
				response: {
					200: {
						description: 'A page; with `Accept: text/event-stream` a stream, in which `id` is the position',
						content: {
							'application/json': { schema: Type.Unsafe<string>(Type.Ref(EventPageSchema)) },
							'text/event-stream': { schema: Type.String() },
						},
					},
				},
			},
		},
		async (request, reply) => {
			reply
				.header('cache-control', 'no-store')
				.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '))
			if (prefersEventStream(request.headers.accept ?? '')) {
				const { 'last-event-id': lastEventId } = request.headers
				const after = resolveStart(
					streamStartOf(lastEventId, request.query.after),
					await needs.tail.ends(request.budget),
				)
				return stream(request, reply, { after, filter: filterOf(request.query) })
			}
			const share = room.take(() => reply.raw.writableFinished || request.raw.socket.destroyed)
			const text = toText(await list(request.query, share.bytes, request.budget))
			share.bytes = text.length
			return reply.type('application/json; charset=utf-8').send(text)
		},
	)
}

// The events go out as they come from the log, so that they are the same in pages and streams, each time.
function toText({ events, readTo, caughtUp }: EventPart): string {
	const texts = events.map(({ position, text }) => `{"position":"${position}","event":${text}}`)
	return `{"events":[${texts.join(',')}],"next":"${readTo}","caughtUp":${caughtUp}}`
}
