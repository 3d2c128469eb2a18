import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import { deliverCommands } from '../../src/outbox/deliver-commands.ts'
import type { ClaimedMessage } from '../../src/outbox/outbox-message.ts'
import { failWith, type HostileCatalog, startHostileCatalog } from '../hostile-catalog.ts'

let opened: AsyncDisposableStack
let catalog: HostileCatalog
let acknowledged: string[]
let deliver: ReturnType<typeof deliverCommands>
beforeEach(async () => {
	opened = new AsyncDisposableStack()
	catalog = opened.use(await startHostileCatalog())
	const clients = opened.adopt(createCatalogClients(catalog.address), (open) => open.close())
	acknowledged = []
	deliver = deliverCommands({
		...createCatalogClient({ clients, token: () => 'none', requestBudgetMs: 2_000 }),
		acknowledgeCommits: async (orderIds) => void acknowledged.push(...orderIds),
		findOrder: async () => undefined,
		writeTransition: async () => undefined,
		log: { warn() {} },
	})
})
afterEach(() => opened.disposeAsync())

const commits = (count: number): ClaimedMessage[] =>
	Array.from({ length: count }, (_, id) => ({
		id,
		orderId: randomUUID(),
		version: 2,
		type: 'commit',
		data: null,
		createdAt: new Date(),
		traceparent: null,
		attempts: 1,
	}))

test('the commits of a batch are sent in one call', async () => {
	const messages = commits(100)
	expect(await deliver(messages)).toEqual(messages.map(({ id }) => ({ id, outcome: 'delivered' })))
	expect(catalog.commits).toEqual([messages.map(({ orderId }) => orderId)])
})

test('an order on which the catalog fails does not keep the stock of other orders from being sold', async () => {
	const messages = commits(100)
	const poisoned = [messages[17]!, messages[63]!]
	const good = catalog.commitReservations
	catalog.commitReservations = (request) =>
		poisoned.some(({ orderId }) => request.orderIds.includes(orderId))
			? failWith(status.INTERNAL, { reason: 'INTERNAL' })
			: good(request)
	const settlements = await deliver(messages)
	const retried = settlements.filter(({ outcome }) => outcome === 'retry')
	expect(retried.map(({ id }) => id)).toEqual([17, 63])
	expect(settlements.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(98)
	expect(acknowledged).toHaveLength(98)
	expect(catalog.commits.length).toBeLessThan(40)
})

test('a batch is not divided while the catalog is down', async () => {
	catalog.commitReservations = () => failWith(status.UNAVAILABLE)
	const settlements = await deliver(commits(100))
	expect(settlements.filter(({ outcome }) => outcome === 'retry')).toHaveLength(100)
	expect(catalog.commits.every((orderIds) => orderIds.length === 100)).toBe(true)
})
