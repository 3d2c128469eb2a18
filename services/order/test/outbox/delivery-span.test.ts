import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { traceparentOf } from '@mercat/service/trace-context'
import type { TraceContext } from '@mercat/service/tracing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import { deliverCommands } from '../../src/outbox/deliver-commands.ts'
import type { ClaimedMessage } from '../../src/outbox/outbox-message.ts'
import { collectSpans } from '../collect-spans.ts'
import { failWith, type HostileCatalog, startHostileCatalog } from '../hostile-catalog.ts'
import { traceId, traceparent } from '../order-write.ts'

const spanId = '00f067aa0ba902b7'
const otherId = 'a'.repeat(32)
const unsampled = `00-${otherId}-${spanId}-00`

const commit = (traceparent: string | null): ClaimedMessage => {
	const createdAt = new Date(0)
	return { id: 1, orderId: randomUUID(), version: 2, type: 'commit', data: null, createdAt, attempts: 1, traceparent }
}

describe('a delivery of commands to the catalog', () => {
	let opened: AsyncDisposableStack
	let collected: Awaited<ReturnType<typeof collectSpans>>
	let catalog: HostileCatalog
	let passedOn: (string | undefined)[]
	let deliver: ReturnType<typeof deliverCommands>
	beforeEach(async () => {
		opened = new AsyncDisposableStack()
		collected = opened.use(await collectSpans())
		catalog = opened.use(await startHostileCatalog())
		const clients = opened.adopt(createCatalogClients(catalog.address), (open) => open.close())
		const client = createCatalogClient({ clients, token: () => 'none', requestBudgetMs: 2_000 })
		passedOn = []
		deliver = deliverCommands({
			...client,
			commitReservations(orderIds: string[], trace: TraceContext) {
				passedOn.push(traceparentOf(trace))
				return client.commitReservations(orderIds, trace)
			},
			acknowledgeCommits: async () => {},
			findOrder: async () => undefined,
			writeTransition: async () => undefined,
			log: { warn() {} },
		})
	})
	afterEach(() => opened.disposeAsync())

	const delivery = () => collected.until(({ spans }) => spans.find(({ name }) => name === 'deliver catalog'))

	test('of one order is a span in the trace of its transition', async () => {
		await deliver([commit(traceparent)])
		const span = await delivery()
		expect(span).toMatchObject({
			kind: 'CONSUMER',
			traceId,
			parentSpanId: spanId,
			links: [{ traceId, spanId }],
			attributes: { 'mercat.batch.size': 1 },
			status: 'UNSET',
		})
		expect(passedOn).toEqual([`00-${traceId}-${span.spanId}-01`])
	})

	test('of several orders has a trace of its own with a link to each, when the trace of any is sampled', async () => {
		await deliver([commit(unsampled), commit(null), commit(traceparent)])
		const span = await delivery()
		expect([traceId, otherId]).not.toContain(span.traceId)
		expect(span.parentSpanId).toBeUndefined()
		expect(span.links).toMatchObject([
			{ traceId: otherId, spanId },
			{ traceId, spanId },
		])
		expect(span.attributes).toEqual({ 'mercat.batch.size': 3 })
		expect(passedOn).toEqual([`00-${span.traceId}-${span.spanId}-01`])
	})

	test('is no span when no trace is sampled, and the catalog learns so', async () => {
		await deliver([commit(unsampled)])
		await deliver([commit(unsampled), commit(unsampled)])
		await deliver([commit(null)])
		expect(passedOn).toEqual([unsampled, expect.stringMatching(/-00$/), expect.stringMatching(/-00$/)])
		expect(new Set(passedOn).size).toBe(3)
		await collected.finish()
		expect(collected.spans).toEqual([])
	})

	test('that must be repeated is a failed span', async () => {
		catalog.commitReservations = () => failWith(status.INTERNAL, { reason: 'INTERNAL' })
		await deliver([commit(traceparent)])
		expect(await delivery()).toMatchObject({ status: 'ERROR', attributes: { 'error.type': 'retry' } })
	})

	test('that is given up is a failed span', async () => {
		catalog.commitReservations = ({ orderIds }) => ({
			results: orderIds.map((orderId) => ({ orderId, refusalReason: 'RESERVATION_NOT_FOUND' })),
		})
		await deliver([commit(traceparent)])
		expect(await delivery()).toMatchObject({ status: 'ERROR', attributes: { 'error.type': 'dead' } })
	})
})
