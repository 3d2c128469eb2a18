import { Problem } from '@mercat/rest-api/problem'
import { type Budget, ClientLeftError, createBudget } from '@mercat/service/budget'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { observedOf } from './observed-request.ts'

declare module 'fastify' {
	interface FastifyRequest {
		budget: Budget
	}
}

export type AdmissionOptions = {
	requestBudgetMs: number
	/** Whether a shutdown was announced. Then every answer asks its client to close the connection. */
	isDraining(): boolean
	/** Runs the requests that wait, a few in each turn of the event loop. */
	inTurn: TaskQueue
	/** Logs an error that comes after the answer. */
	logLateError(error: FastifyError, request: FastifyRequest): void
}

/**
 * Admits requests. A request gets a budget that starts now, which the client may shorten, with the trace of the request. When the budget is over before the
 * handler has answered, a problem is the answer.
 */
export function createAdmission({ requestBudgetMs, isDraining, inTurn, logLateError }: AdmissionOptions) {
	const overdue = new WeakSet<FastifyRequest>()
	return (app: FastifyInstance): void => {
		app.addHook('onRoute', (route) => {
			route.handler = endQuietly(route.handler, overdue, logLateError)
		})
		app.addHook('onRequest', (request, reply, done) => {
			if (isDraining()) reply.header('connection', 'close')
			const budgetMs = askedBudgetMs(request.headers['request-timeout'], requestBudgetMs)
			const left = new AbortController()
			request.budget = createBudget(budgetMs, { signal: left.signal, trace: observedOf(request.raw).trace })
			const limit = setTimeout(answerLate, budgetMs, request, reply, overdue)
			// Fastify's own signal also fires at the end of a body.
			reply.raw.on('close', () => {
				clearTimeout(limit)
				if (!reply.raw.writableFinished) left.abort(new ClientLeftError('the client has left'))
			})
			// The signal has a reason only when the client has left meanwhile.
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

// Fastify's own `handlerTimeout` is no help: it ends when the body is read, before the handler begins.
function answerLate(request: FastifyRequest, reply: FastifyReply, overdue: WeakSet<FastifyRequest>): void {
	if (reply.sent || reply.raw.headersSent) return
	overdue.add(request)
	reply.send(new Problem(request.raw.complete ? 'REQUEST_TIMEOUT' : 'REQUEST_INCOMPLETE'))
}

// When its request is answered already, a handler's answer is dropped and its error is logged, as neither can be sent.
function endQuietly(
	handle: RouteHandlerMethod,
	overdue: WeakSet<FastifyRequest>,
	logLateError: AdmissionOptions['logLateError'],
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
