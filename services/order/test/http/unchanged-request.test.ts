import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { observedOf } from '@mercat/rest-service/observed-request'
import { expect, test } from 'vitest'
import { toUnchanged } from '../../src/http/unchanged-request.ts'

const id = randomUUID()

test.each([
	[`/v1/orders/${id}/pay`, { operation: 'pay', orderId: id }],
	[`/v1/orders/${id}/cancel?reason=1`, { operation: 'cancel', orderId: id }],
	[`/v1/orders/${'-'.repeat(36)}/pay`, { operation: 'pay', orderId: undefined }],
	[`/v1/orders/${'0'.repeat(36)}/ship`, { operation: 'ship', orderId: undefined }],
	[`/v1/orders/${id}/return`, undefined],
])('a request for %s that was shed names the order only with the id of one', (url, expected) => {
	const request = { method: 'POST', url, rawHeaders: [], socket: {} } as unknown as IncomingMessage
	const unchanged = toUnchanged(request, observedOf(request), { status: 503 } as never)
	if (expected === undefined) expect(unchanged).toBeUndefined()
	else expect(unchanged).toMatchObject(expected)
})
