import { randomUUID } from 'node:crypto'
import { Problem } from '@mercat/rest-api/problem'
import type { NotedRequest } from '../../src/refusals/describe-request.ts'

/** An order of a customer that was refused, unless told otherwise. */
export function notedRequest(fields: Partial<NotedRequest> = {}): NotedRequest {
	return {
		operation: 'place',
		status: 409,
		problem: new Problem('OUT_OF_STOCK', { items: [{ sku: 'MUG', requested: 3, available: 1 }] }),
		customer: 'ann',
		orderId: undefined,
		idempotencyKeys: [randomUUID()],
		traceId: randomUUID().replaceAll('-', ''),
		address: '203.0.113.7',
		...fields,
	}
}
