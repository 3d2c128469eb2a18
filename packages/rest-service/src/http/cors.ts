import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

// Every header that the API sends, but those that browsers always show, such as `Content-Type`.
const exposedHeaders = [
	'Location',
	'ETag',
	'Idempotent-Replayed',
	'Retry-After',
	'RateLimit-Policy',
	'RateLimit',
	'WWW-Authenticate',
	'Allow',
]

// The longest that Chromium keeps the answer to a preflight.
const preflightMaxAgeS = 7_200
// For a path without a route, so that the page can send its request and read the answer, which is 404.
const everyMethod = 'GET, HEAD, POST, PUT, PATCH, DELETE'

/**
 * Permits web pages of these origins to call the API. Without origins, no page of another origin may call. All answers but
 * those to preflights are the same as without origins, except for their CORS headers.
 */
export async function registerCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
	if (origins.length === 0) return
	const options = {
		origin: [...origins],
		// Tokens come in the header `authorization`. A browser must not send cookies, least of all with the origin `*`.
		credentials: false,
		exposedHeaders,
		maxAge: preflightMaxAgeS,
	}
	await app.register(cors, {
		delegator(request, done) {
			const methods = request.routeOptions.config.allow ?? everyMethod
			done(null, { ...options, methods, preflight: isPreflight(request) })
		},
	})
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch. Any other request for OPTIONS is answered as without CORS.
function isPreflight({ headers }: FastifyRequest): boolean {
	return headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}
