import { expect, test } from 'vitest'
import type { ClaimedMessage, Settlement } from '../../src/outbox/outbox-message.ts'
import { createRelayReport } from '../../src/outbox/relay-report.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`
const orderId = '11111111-1111-4111-8111-111111111111'
const message = (id: number): ClaimedMessage => {
	return { id, orderId, version: 2, type: 'order.paid', data: {}, createdAt: new Date(0), traceparent, attempts: 1 }
}
const failed: Settlement = { id: 1, outcome: 'retry', delayMs: 100, error: 'HTTP 500' }
const delivered: Settlement = { id: 1, outcome: 'delivered' }

/** The lines that a destination gets, each as its level and its facts. */
function linesAfter(destination: string, ...batches: Settlement[][]) {
	const lines: [string, object][] = []
	const at = (level: string) => (facts: object) => void lines.push([level, facts])
	const report = createRelayReport(destination, { log: { info: at('info'), warn: at('warn'), error: at('error') } })
	for (const settlements of batches)
		report(
			settlements.map(({ id }) => message(id)),
			settlements,
		)
	return lines
}

test('a destination that fails is logged once, and once more when it delivers again', () => {
	const url = 'https://receiver.example/events'
	expect(linesAfter(url, [delivered], [failed], [failed], [failed], [delivered], [delivered], [failed])).toEqual([
		['warn', { destination: url, message: 1, error: 'HTTP 500' }],
		['info', { destination: url }],
		['warn', { destination: url, message: 1, error: 'HTTP 500' }],
	])
})

test('a message that is given up is logged with its order and the trace of the transition', () => {
	expect(linesAfter('catalog', [{ id: 7, outcome: 'dead', error: 'RESERVATION_NOT_FOUND' }])).toEqual([
		['error', { destination: 'catalog', message: 7, orderId, version: 2, traceId, error: 'RESERVATION_NOT_FOUND' }],
	])
})

test('the log has neither the password nor the query of a URL', () => {
	expect(linesAfter('https://me:secret@receiver.example/events?key=secret', [failed])).toMatchObject([
		['warn', { destination: 'https://receiver.example/events' }],
	])
})
