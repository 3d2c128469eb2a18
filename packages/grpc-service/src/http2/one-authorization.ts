import { subscribe } from 'node:diagnostics_channel'
import type { ServerHttp2Session } from 'node:http2'

const watched = new WeakSet<ServerHttp2Session>()

/**
 * Shows grpc-js each value of the metadata `authorization`, for all servers of this process. Of several values Node keeps
 * the first one only, and the service could not refuse the call. The raw headers have all of them, but grpc-js does not
 * see these.
 */
export function keepEachAuthorization(): void {
	subscribe('http2.server.stream.created', (message) => {
		const { session } = (message as { stream: { session?: ServerHttp2Session } }).stream
		if (session === undefined || watched.has(session)) return
		watched.add(session)
		session.prependListener('stream', keepEach)
	})
}

function keepEach(_stream: unknown, headers: object, _flags: number, rawHeaders?: string[]): void {
	const values = rawHeaders?.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1] === 'authorization')
	if (values !== undefined && values.length > 1) Object.assign(headers, { authorization: values })
}
