import { Problem } from '@mercat/rest-api/problem'
import { problemTable, slugOf } from '@mercat/rest-api/problem-table'
import { ClientLeftError } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { invalidTokenChallenge } from '../authenticate.ts'
import { type ObservedResource, observedOf, traceIdOf } from '../observed-request.ts'
import { toProblem } from './to-problem.ts'

export const problemType = 'application/problem+json; charset=utf-8'

const longestInstance = 200

/** The body of a problem (RFC 9457). */
export function problemBody(problem: Problem, instance: string, traceId: string) {
	const { status, title } = problemTable[problem.code]
	const type = `/problems/${slugOf(problem.code)}`
	return {
		type,
		title,
		status,
		detail: problem.message,
		instance: instance.slice(0, longestInstance),
		code: problem.code,
		traceId,
		...problem.extensions,
	}
}

/** Turns errors into answers and logs them. No other place does. */
export function createErrorHandling(
	log: Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>,
	resource: ObservedResource,
) {
	function logProblem(problem: Problem, error: Error, request: FastifyRequest): void {
		const { raw } = request
		const traceId = traceIdOf(raw)
		const facts = { [resource.logName]: resource.idOf(observedOf(raw)), traceId }
		if (error instanceof ClientLeftError) log.info({ ...facts, status: 499 }, 'the client has left')
		else if (problem.code === 'INTERNAL' || problem.code === 'CATALOG_ERROR')
			log.error({ ...facts, err: error }, 'request failed')
		else if (problemTable[problem.code].status >= 500)
			log.warn({ ...facts, code: problem.code, reason: reasonOf(problem) }, 'request failed')
		else {
			const { method, url: route } = request.routeOptions
			const { code, message: detail, extensions } = problem
			log.debug({ ...extensions, ...facts, code, detail, method, route }, 'request refused')
		}
	}

	return {
		/** Answers with the problem for an error, and logs the error. */
		answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
			const problem = toProblem(error)
			logProblem(problem, error, request)
			return sendProblem(reply, request, problem)
		},

		/** Logs an error that came after the answer. */
		logLateError(error: FastifyError, request: FastifyRequest): void {
			logProblem(toProblem(error), error, request)
		},
	}
}

const mostCauses = 3

// Without stacks, which would all be alike while the catalog or the database is down.
function reasonOf(problem: Error): string {
	const causes: string[] = []
	for (let { cause } = problem; cause instanceof Error && causes.length < mostCauses; cause = cause.cause) {
		// Node gives one error for all addresses of a host, without a message.
		causes.push(cause.message || String((cause as { code?: unknown }).code))
	}
	return causes.length === 0 ? problem.message : `${problem.message} (${causes.join(': ')})`
}

/** Answers a request that has no route. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	return sendProblem(reply, request, new Problem('NOT_FOUND'))
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
	const { status } = problemTable[problem.code]
	if (problem.retryAfterS !== undefined) reply.header('retry-after', problem.retryAfterS)
	// Only the sign-in says more. Here another service has refused the token.
	if (problem.code === 'UNAUTHENTICATED' && !reply.hasHeader('www-authenticate')) {
		reply.header('www-authenticate', invalidTokenChallenge)
	}
	// The unread rest of a body would be taken for the next request.
	if (!request.raw.complete) reply.header('connection', 'close')
	observedOf(request.raw).problem = problem
	const body = problemBody(problem, request.url, traceIdOf(request.raw))
	return reply.code(status).type(problemType).serializer(JSON.stringify).send(body)
}
