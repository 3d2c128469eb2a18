import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { ObservedRequest } from '../observed-request.ts'

/** How a request was answered, in terms of which there are few values. */
export type RequestAnswer = {
	method: string
	/** The pattern of the route; undefined for a path without one. */
	route: string | undefined
	/** 499 when the client has left before the answer. */
	status: number
	isSent: boolean
	code: ProblemCode | undefined
	/** Set when the service has failed: the code of the problem, or else the status. */
	errorType: string | undefined
	scheme: 'http' | 'https'
	ms: number
}

const clientLeft = 499
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])

export function answerOf(
	{ method }: IncomingMessage,
	{ headersSent: isSent, statusCode }: ServerResponse,
	{ arrivedAt, routed, route, problem }: ObservedRequest,
): RequestAnswer {
	const status = isSent ? statusCode : clientLeft
	return {
		method: knownMethod(method),
		route: route?.url,
		status,
		isSent,
		code: isSent ? problem?.code : undefined,
		errorType: status >= 500 ? (problem?.code ?? String(status)) : undefined,
		scheme: routed?.protocol === 'https' ? 'https' : 'http',
		ms: performance.now() - arrivedAt,
	}
}

/** The method, if the conventions name it: a client may invent others. */
export function knownMethod(method: string | undefined): string {
	return method !== undefined && knownMethods.has(method) ? method : '_OTHER'
}
