import type { FastifyReply, FastifyRequest } from 'fastify'
import { startStream } from '../overload/load-shedding.ts'

/** The headers of an answer that is a stream of server-sent events. */
export const streamHeaders = {
	'content-type': 'text/event-stream; charset=utf-8',
	// A stream has its connection for itself.
	connection: 'close',
	// A proxy that collects an answer before it passes it on would hold back the events.
	'x-accel-buffering': 'no',
}

/** Takes the reply out of Fastify's hands, out of the limit of requests, and out of the idle timeout. */
export function openStreamOutput(reply: FastifyReply): FastifyReply['raw'] {
	const { raw, request } = reply.hijack()
	startStream(raw)
	// The stream itself finds out that nobody reads it.
	request.raw.socket.setTimeout(0)
	return raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...streamHeaders })
}

/** Whose places a stream takes: those of the customer that has signed in. */
export const streamClientOf = ({ identity }: FastifyRequest): string => `customer:${identity.subject}`
