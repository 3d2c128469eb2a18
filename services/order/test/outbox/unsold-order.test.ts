import { randomUUID } from 'node:crypto'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import type { Order } from '../../src/order/order.ts'
import { deliverCommands } from '../../src/outbox/deliver-commands.ts'
import { wireCommands } from '../../src/wiring.ts'
import { startHostileCatalog } from '../hostile-catalog.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite, traceId, traceparent } from '../order-write.ts'

test.each(engines)(
	'a paid order whose stock is gone is cancelled in the trace of its payment, and logged with order and trace, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		await using catalog = await startHostileCatalog()
		catalog.commitReservations = ({ orderIds }) => ({
			results: orderIds.map((orderId) => ({ orderId, refusalReason: 'OUT_OF_STOCK' })),
		})
		const clients = createCatalogClients(catalog.address)
		const { placingStore, readingStore, transitionStore, outboxStore } = stores
		const client = createCatalogClient({ clients, token: () => 'none', requestBudgetMs: 2_000 })
		const commands = wireCommands({ readingStore, transitionStore, outboxStore, catalog: client })
		const lines: unknown[] = []
		const log = { warn: (...line: unknown[]) => void lines.push(line) }

		const id = randomUUID()
		await placingStore.insertOrders([orderWrite(id, 'mine', traceparent.replace('4bf9', 'ffff'))])
		const placed = (await readingStore.findOrder({ id, owner: undefined })) as Order
		await transitionStore.writeTransition({ order: placed, action: 'pay', who: 'tester', traceparent })
		await deliverCommands({ ...commands, log })(await outboxStore.claim('catalog', 10, 60_000))
		clients.close()

		const order = await readingStore.findOrder({ id, owner: undefined })
		expect(order).toMatchObject({ status: 'cancelled', version: 3 })
		expect(order?.history.at(-1)).toMatchObject({ who: 'system:relay', traceparent })
		expect(lines).toEqual([
			[{ orderId: id, traceId, refusal: 'OUT_OF_STOCK' }, expect.stringContaining('payment must be returned')],
		])
	},
)
