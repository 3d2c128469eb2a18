import { Problem } from '@mercat/rest-api/problem'
import type { FastifyInstance, HTTPMethods } from 'fastify'

declare module 'fastify' {
	interface FastifyContextConfig {
		/** The methods of the path, for a route that refuses all other methods. */
		allow?: string
	}
}

const methods: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Collects the routes of `app`. The function that it returns, called after all routes, adds answers of 405 for their
 * other methods.
 */
export function collectMethods(app: FastifyInstance): () => void {
	const known = new Map<string, Set<string>>()
	app.addHook('onRoute', ({ url, method }) => {
		// The plugin for CORS adds a route for OPTIONS of every path.
		if (url === '*') return
		const have = known.get(url) ?? new Set()
		for (const one of [method].flat()) have.add(one)
		known.set(url, have)
	})
	return () => {
		for (const [url, have] of [...known]) {
			const others = methods.filter((method) => !have.has(method))
			if (others.length === 0) continue
			const allow = [...have].sort().join(', ')
			app.route({
				url,
				method: others,
				config: { allow },
				schema: { hide: true },
				handler(_request, reply) {
					reply.header('allow', allow)
					throw new Problem('METHOD_NOT_ALLOWED')
				},
			})
		}
	}
}
