import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

// The longest that Chromium keeps the answer to a preflight.
const preflightMaxAgeS = 7_200

/** Permits web pages of these origins to call the API. Without origins, no page of another origin may call. */
export async function registerCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
	if (origins.length === 0) return
	await app.register(cors, {
		origin: [...origins],
		// Tokens come in the header `authorization`. A browser must not send cookies, least of all with the origin `*`.
		credentials: false,
		exposedHeaders: ['ETag', 'Location', 'Idempotent-Replayed', 'Retry-After', 'RateLimit'],
		maxAge: preflightMaxAgeS,
	})
}
