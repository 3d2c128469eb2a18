import type { FastifyInstance } from 'fastify'
import { Problem } from './problems.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Only in the scope of {@link limitTime}. */
		budget: RequestBudget
	}
}

/**
 * Gives every request of this scope its budget, and answers it when that is over. The framework's own
 * `handlerTimeout` and signal end as soon as a body is read, so they are blind to what takes time.
 */
export function limitTime(app: FastifyInstance, budgetMs: number): void {
	app.decorateRequest('budget', null as unknown as RequestBudget)
	app.addHook('onRequest', async (request, reply) => {
		const left = new AbortController()
		request.budget = createRequestBudget(performance.now(), budgetMs, left.signal)
		const end = setTimeout(() => {
			if (reply.sent || reply.raw.headersSent) return
			reply.send(new Problem(request.raw.complete ? 'REQUEST_TIMEOUT' : 'REQUEST_INCOMPLETE'))
		}, budgetMs)
		reply.raw.once('close', () => {
			clearTimeout(end)
			if (!reply.raw.writableFinished) left.abort()
		})
	})
}
