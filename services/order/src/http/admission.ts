import { Problem } from '@mercat/order-api/problem'
import { type Budget, ClientLeftError, createBudget } from '@mercat/service/budget'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'

declare module 'fastify' {
	interface FastifyRequest {
		budget: Budget
	}
}

export type Admission = {
	requestBudgetMs: number
	/** Whether a shutdown has begun: clients are asked to come back on another connection. */
	isDraining(): boolean
	/** Lets requests go on, a few at a time. */
	inTurn: TaskQueue
	/** Told of what fails when the answer has been given already. */
	logLateError(error: FastifyError, request: FastifyRequest): void
}

/**
 * Lets a request in: gives it its budget from now, less where the client asks for less, and answers in
 * its place when that is over.
 */
export function createAdmission({ requestBudgetMs, isDraining, inTurn, logLateError }: Admission) {
	const overdue = new WeakSet<FastifyRequest>()
	return (app: FastifyInstance): void => {
		app.addHook('onRoute', (route) => {
			route.handler = endQuietly(route.handler, overdue, logLateError)
		})
		app.addHook('onRequest', (request, reply, done) => {
			if (isDraining()) reply.header('connection', 'close')
			const budgetMs = askedBudgetMs(request.headers['request-timeout'], requestBudgetMs)
			const left = new AbortController()
			request.budget = createBudget(budgetMs, { signal: left.signal })
			const limit = setTimeout(answerLate, budgetMs, request, reply, overdue)
			// The framework's own signal also fires when a body has been read to its end.
			reply.raw.on('close', () => {
				clearTimeout(limit)
				if (!reply.raw.writableFinished) left.abort(new ClientLeftError('the client has left'))
			})
			// There is a reason only for who has left meanwhile.
			inTurn(() => done(left.signal.reason))
		})
	}
}

const seconds = /^\d{1,6}(\.\d{1,3})?$/

function askedBudgetMs(header: string | string[] | undefined, mostMs: number): number {
	if (header === undefined) return mostMs
	const askedMs = typeof header === 'string' && seconds.test(header) ? Number(header) * 1000 : 0
	if (askedMs === 0) {
		throw new Problem('INVALID_REQUEST', {
			errors: [{ pointer: '#/headers/request-timeout', code: 'format', detail: 'must be a number of seconds above 0' }],
		})
	}
	return Math.min(askedMs, mostMs)
}

// The framework's own `handlerTimeout` ends as soon as a body is read, so it is blind to what takes time.
function answerLate(request: FastifyRequest, reply: FastifyReply, overdue: WeakSet<FastifyRequest>): void {
	if (reply.sent || reply.raw.headersSent) return
	overdue.add(request)
	reply.send(new Problem(request.raw.complete ? 'REQUEST_TIMEOUT' : 'REQUEST_INCOMPLETE'))
}

// What a handler answers after its request was given up is nobody's, and whatever fails then is logged: it can no
// longer be answered.
function endQuietly(
	handle: RouteHandlerMethod,
	overdue: WeakSet<FastifyRequest>,
	logLateError: Admission['logLateError'],
): RouteHandlerMethod {
	const isAnswered = (request: FastifyRequest, reply: FastifyReply) => reply.sent || overdue.has(request)
	return async function (request, reply) {
		try {
			const answer = await handle.call(this, request, reply)
			if (!isAnswered(request, reply) || answer === reply) return answer
			if (!overdue.has(request) && answer !== undefined) throw new Error('a handler has answered twice')
		} catch (error) {
			if (!isAnswered(request, reply)) throw error
			logLateError(error as FastifyError, request)
		}
	}
}
