import type { FastifyInstance } from 'fastify'
import { Problem } from './problems.ts'

const longestUri = 4_096

/** What is refused of any request to the API, before anything else is looked at. */
export function registerRequestRules(app: FastifyInstance): void {
	app.addHook('onRequest', async (request) => {
		if (request.url.length > longestUri) throw new Problem('URI_TOO_LONG')
		const { accept, 'content-encoding': encoding = 'identity' } = request.headers
		if (accept !== undefined && request.accepts().type(['json', 'application/problem+json']) === false) {
			throw new Problem('NOT_ACCEPTABLE')
		}
		if (encoding !== 'identity') throw new Problem('UNSUPPORTED_MEDIA_TYPE')
	})
}
