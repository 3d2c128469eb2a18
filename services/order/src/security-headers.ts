import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'

/** Helmet's headers on every answer, with a policy that lets a browser load nothing. */
export function registerSecurityHeaders(app: FastifyInstance): void {
	app.addHook('onRequest', (_request, reply, done) => {
		reply.headers(headers)
		done()
	})
}

const headers = securityHeaders()

/** Helmet's headers: they are the same for all, so helmet is asked once. */
export function securityHeaders(): Record<string, string> {
	const headers: Record<string, string> = {}
	const response = {
		setHeader: (name: string, value: string) => Object.assign(headers, { [name.toLowerCase()]: value }),
		removeHeader() {},
	}
	const apply = helmet({
		contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
	})
	apply({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
		if (error) throw error
	})
	return headers
}
