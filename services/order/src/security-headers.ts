import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'

/** Helmet's headers, with a policy that lets a browser load nothing: the same for all, so helmet is asked once. */
export const securityHeaders: Readonly<Record<string, string>> = askHelmet()

/** Gives them to every answer. */
export function registerSecurityHeaders(app: FastifyInstance): void {
	app.addHook('onRequest', (_request, reply, done) => {
		reply.headers(securityHeaders)
		done()
	})
}

function askHelmet(): Record<string, string> {
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
