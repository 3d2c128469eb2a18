import type { ExplainQuery } from '@mercat/order-api/explanation-schemas'
import { Problem, parameterPlace } from '@mercat/rest-api/problem'
import { orderIdOf } from '../order/order-id.ts'
import { readIdempotencyKey } from '../placing/idempotency-key.ts'
import { readTraceId } from '../refusals/trace-id.ts'
import type { Question } from './facts.ts'

/**
 * The question of a query.
 *
 * @throws Problem INVALID_REQUEST for a query that asks nothing, or more than one thing
 */
export function readQuestion({ order, key, customerId, trace }: ExplainQuery): Question {
	const asked = [order, key, trace].filter((value) => value !== undefined)
	if (asked.length !== 1)
		throw invalid('order', 'must be the only one of order, key and trace, and one of them is required')
	if (key === undefined && customerId !== undefined) throw invalid('customerId', 'must come with key')
	if (order !== undefined) return { by: 'order', orderId: order.toLowerCase() }
	if (trace !== undefined) return { by: 'trace', traceId: readTraceId(trace) }
	if (customerId === undefined) throw invalid('customerId', 'is required with key')
	return { by: 'key', orderId: orderIdOf(customerId, keyOf(key ?? '')), customerId }
}

function keyOf(text: string): string {
	try {
		return readIdempotencyKey([text])
	} catch {
		throw invalid('key', 'must be an idempotency key, bare or quoted')
	}
}

function invalid(parameter: string, detail: string): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace(parameter), code: 'question', detail }] })
}
