import { Problem } from '@mercat/rest-api/problem'
import type { FastifyInstance } from 'fastify'
import { acceptsJson, prefersEventStream } from './accept.ts'
import { valuesOf } from './header-values.ts'
import { routeOf } from './observed-request.ts'

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Whether the route also answers with a stream of events. */
		streamsEvents?: boolean
		/** How many characters its URI may have, in place of 4,096. */
		longestUri?: number
	}
}

const usualLongestUri = 4_096

/**
 * Refuses, before any other check, requests with a long URI, with an `Accept` that excludes the answers of the route, or with
 * a compressed body.
 */
export function registerRequestRules(app: FastifyInstance): void {
	app.addHook('onRequest', (request, _reply, done) => {
		const { streamsEvents: streams = false, longestUri = usualLongestUri } = routeOf(request).config ?? {}
		if (request.url.length > longestUri) throw new Problem('URI_TOO_LONG')
		const { accept, 'content-encoding': encoding } = request.headers
		if (accept !== undefined && !acceptsJson(accept) && !(streams && prefersEventStream(accept))) {
			throw new Problem('NOT_ACCEPTABLE')
		}
		if (encoding !== undefined && !namesNoCoding(encoding)) throw new Problem('UNSUPPORTED_MEDIA_TYPE')
		done()
	})
}

// RFC 9110, section 8.4: a list of names without regard to case.
function namesNoCoding(encoding: string): boolean {
	return encoding.split(',').every((name) => ['', 'identity'].includes(name.trim().toLowerCase()))
}

// RFC 3986, section 3.2: a name, an address or nothing, then an optional port.
const hostForm = /^(\[[\w.:]+\]|[\w.~%!$&'()*+,;=-]*)(:\d*)?$/

/**
 * Refuses requests without exactly one valid `Host` (RFC 9112, section 3.2). Of two hosts, a proxy may have used the
 * other.
 */
export function requireOneHost(app: FastifyInstance): void {
	app.addHook('onRequest', ({ raw }, _reply, done) => {
		const [host, second] = valuesOf('host', raw.rawHeaders)
		const isMissing = host === undefined && raw.httpVersion !== '1.0'
		if (isMissing || second !== undefined || !hostForm.test(host ?? '')) {
			throw new Problem('INVALID_REQUEST', {
				errors: [
					{ pointer: '#/headers/host', code: 'format', detail: 'must be there once, a host with or without a port' },
				],
			})
		}
		done()
	})
}

/**
 * Refuses paths in which a parameter is empty, such as `/v1/orders/`, whatever the method: no route has such a path. The
 * router would take it for that of an order without an id.
 */
export function refuseEmptyParameters(app: FastifyInstance): void {
	app.addHook('onRequest', ({ params }, _reply, done) => {
		for (const name in params as Record<string, string>) {
			if ((params as Record<string, string>)[name] === '') throw new Problem('NOT_FOUND')
		}
		done()
	})
}
