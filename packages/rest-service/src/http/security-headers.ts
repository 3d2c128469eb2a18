import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'

const policy = {
	contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
} satisfies HelmetOptions

/**
 * Helmet's headers, with a policy that lets a browser load nothing. They are the same for all pages, so helmet is asked
 * once.
 */
export const pageSecurityHeaders: Readonly<Record<string, string>> = askHelmet(policy)

/** The headers that matter for an answer that is no page. */
export const securityHeaders: Readonly<Record<string, string>> = askHelmet({
	...policy,
	crossOriginOpenerPolicy: false,
	originAgentCluster: false,
	xDnsPrefetchControl: false,
	xDownloadOptions: false,
	xPermittedCrossDomainPolicies: false,
	xXssProtection: false,
})

/** Gives every answer the headers of an answer that is no page. */
export function registerSecurityHeaders(app: FastifyInstance): void {
	app.addHook('onRequest', (_request, reply, done) => {
		reply.headers(securityHeaders)
		done()
	})
}

function askHelmet(options: HelmetOptions): Record<string, string> {
	const headers: Record<string, string> = {}
	const response = {
		setHeader: (name: string, value: string) => Object.assign(headers, { [name.toLowerCase()]: value }),
		removeHeader() {},
	}
	helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
		if (error) throw error
	})
	return headers
}
