import { type Logger, plainInfoLog } from '@mercat/service/log'
import type { RequestAnswer } from './request-answer.ts'

/** What only single requests have. */
export type RequestIdentity = {
	customer: string | undefined
	orderId: string | undefined
	traceId: string
}

export type WriteRequest = (answer: RequestAnswer, identity: RequestIdentity) => void

/** Writes a line for each request. Undefined when the log takes no such lines, so that nobody builds them. */
export function createRequestLog(log: Logger, isWanted: boolean): WriteRequest | undefined {
	const lines = isWanted ? plainInfoLog(log) : undefined
	if (lines === undefined) return undefined
	return ({ method, route, status, code, ms }, { customer, orderId, traceId }) => {
		lines.info({ method, route, status, code, ms: Math.round(ms * 10) / 10, customer, orderId, traceId }, 'request')
	}
}
