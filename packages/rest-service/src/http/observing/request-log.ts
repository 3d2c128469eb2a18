import { type Logger, plainInfoLog } from '@mercat/service/log'
import type { RequestAnswer } from './request-answer.ts'

/** What only single requests have. */
export type RequestIdentity = {
	customer: string | undefined
	resourceId: string | undefined
	traceId: string
}

export type WriteRequest = (answer: RequestAnswer, identity: RequestIdentity) => void

/**
 * Writes a line for each request. Undefined when the log takes no such lines, so that nobody builds them.
 *
 * @param resourceName the name of the id of the resource that a request is about
 */
export function createRequestLog(log: Logger, resourceName: string, isWanted: boolean): WriteRequest | undefined {
	const lines = isWanted ? plainInfoLog(log) : undefined
	if (lines === undefined) return undefined
	return ({ method, route, status, code, ms }, { customer, resourceId, traceId }) => {
		const facts = {
			method,
			route,
			status,
			code,
			ms: Math.round(ms * 10) / 10,
			customer,
			[resourceName]: resourceId,
			traceId,
		}
		lines.info(facts, 'request')
	}
}
