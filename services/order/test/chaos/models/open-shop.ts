import { openInventory } from '@mercat/catalog/testing/open-inventory'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { Problem } from '@mercat/rest-api/problem'
import { createBudget } from '@mercat/service/budget'
import type { Engine } from '@mercat/testing/test-database'
import { createCatalogClient } from '../../../src/catalog/catalog-client.ts'
import type { Order } from '../../../src/order/order.ts'
import { catalogDestination } from '../../../src/order/order-messages.ts'
import type { Action } from '../../../src/order/order-states.ts'
import { deliverCommands } from '../../../src/outbox/deliver-commands.ts'
import type { Settlement } from '../../../src/outbox/outbox-message.ts'
import { batchPlacing } from '../../../src/placing/batched-placing.ts'
import { placeOrderCommand } from '../../../src/placing/order-request.ts'
import { type PlacedOrder, placeOrder } from '../../../src/placing/place-order.ts'
import { migrationsFolder } from '../../../src/server.ts'
import { transitionOrder } from '../../../src/transitions/transition-order.ts'
import { wireCommands } from '../../../src/wiring.ts'
import { storesOn } from '../../open-stores.ts'
import { type Body, eventName, nameOf, type Message as OutboxMessage } from './order-model.ts'

const paymentWindowMs = 900_000
// So long that no call is late on a slow machine.
const requestBudgetMs = 600_000

export type Shop = Awaited<ReturnType<typeof openShop>>

/** The functions of the order service over a real catalog, one step at a time and without timers. */
export async function openShop(engine: Engine, skus: string[]) {
	await using opened = new AsyncDisposableStack()
	const inventory = opened.use(await openInventory(engine, skus))
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url))
	const { placingStore, readingStore, transitionStore, outboxStore, eventLogStore } = storesOn(database, {
		paymentWindowMs,
	})
	const { clients, token } = inventory
	const catalog = createCatalogClient({ clients, token: () => token, requestBudgetMs })
	const placing = batchPlacing({
		inTurn: setImmediate,
		lookUpOrders: placingStore.lookUpOrders,
		reserveStock: catalog.reserveStock,
		insertOrders: placingStore.insertOrders,
	})
	const commands = wireCommands({ readingStore, transitionStore, outboxStore, catalog })
	const deliver = deliverCommands({ ...commands, log: { warn() {} } })

	const resources = opened.move()
	return {
		inventory,
		/**
		 * Places an order. Returns `placed`, `replayed` or the code of a problem. The pauses are before the first call to the
		 * catalog and before the order is written. `late` makes the second pause as long as the budget. A presumed order has
		 * no look-up first.
		 */
		async place(
			customerId: string,
			body: Body,
			{ pauses, late, isPresumed }: { pauses: (() => Promise<void>)[]; late: boolean; isPresumed: boolean },
		): Promise<string> {
			const command = placeOrderCommand(customerId, 'key', {
				items: Object.entries(body.lines).map(([sku, quantity]) => ({ sku, quantity })),
				reference: body.reference,
			})
			const [beforeReserving, beforeWriting] = pauses.map((pause) => once(pause))
			const [clock] = await database.query<{ now: Date }>('select clock_timestamp() as now')
			const place = placeOrder({
				paymentWindowMs,
				requestBudgetMs,
				clockIfNew: () => (isPresumed ? clock?.now.getTime() : undefined),
				lookUpOrder: placing.lookUpOrder,
				async reserveStock(asked, budget) {
					await beforeReserving?.()
					return placing.reserveStock(asked, budget)
				},
				async insertOrder({ order, notAfter }, budget) {
					await beforeWriting?.()
					const pausedMs = late ? requestBudgetMs : 0
					return placing.insertOrder({ order, notAfter: notAfter - pausedMs }, budget)
				},
			})
			return answerOf(place(command, createBudget(requestBudgetMs)), ({ replayed }: PlacedOrder) =>
				replayed ? 'replayed' : 'placed',
			)
		},
		/**
		 * Makes a transition. Returns the new status or the code of a problem. The pause is after the order was first read.
		 */
		async transition(
			id: string,
			action: Exclude<Action, 'expire'>,
			reference: string,
			pause: () => Promise<void>,
		): Promise<string> {
			let reads = 0
			const change = transitionOrder({
				async findOrder(asked) {
					const order = await readingStore.findOrder(asked)
					if (reads++ === 0) await pause()
					return order
				},
				writeTransition: (write) => transitionStore.writeTransition(write),
				wakeRelays() {},
			})
			// A clock that moves with each reading leaves the time for one more look at the order.
			let remaining = 140
			const budget = {
				deadline: Number.POSITIVE_INFINITY,
				signal: new AbortController().signal,
				remainingMs: () => (remaining -= 40),
			}
			return answerOf(
				change({ id, owner: undefined, action, who: 'tester', reference }, budget),
				({ status }) => status,
			)
		},
		/** Runs the writer of the log once. Returns how many transitions got a position. */
		async assignPositions(limit: number): Promise<number> {
			return (await eventLogStore.assignPositions(limit)).events
		},
		expireOverdue: async () => (await transitionStore.expireOverdue(100)).length,
		/** Claims messages for the catalog without a lease, so that another relay may claim them, too. */
		async claim(limit: number) {
			const messages = await outboxStore.claim(catalogDestination, limit, 0)
			const names = messages.map(({ orderId, version, type }) =>
				nameOf(orderId, { version, type: type as OutboxMessage['type'] }),
			)
			return {
				names,
				deliver: () => deliver(messages),
				settle: (settlements: Settlement[]) =>
					outboxStore.settle({ destination: catalogDestination, messages }, settlements),
			}
		},
		/** Ends the payment window of an order. */
		async runOut(id: string): Promise<void> {
			await database.query("update orders set expires_at = clock_timestamp() - interval '1 s' where id = $1", [id])
		},
		/** How much longer the hold of an order lasts than its payment window. */
		async spareHoldMs(id: string): Promise<number> {
			const [order] = await database.query<{ end: Date }>('select expires_at as end from orders where id = $1', [id])
			const [hold] = await inventory.database.query<{ end: Date }>(
				'select expires_at as end from reservation where order_id = $1',
				[id],
			)
			return Number(hold?.end) - Number(order?.end)
		},
		/** The content of both databases. `log` is the events in the order of their positions, then those of the inbox. */
		async read() {
			const { last } = await eventLogStore.ends()
			const events = (await eventLogStore.readBlock(0, last)).map(({ orderId, version, text }) =>
				eventName(orderId, version, JSON.parse(text).data.status),
			)
			const waiting = await database.query<{ id: string; version: number; status: string }>(
				'select order_ids[1] as id, version, status from event_inbox order by event_inbox.id',
			)
			const rows = await database.query<ShopRow>(`
				select id, items, details ->> 'reference' as reference, status, version, history,
					status = 'placed' and expires_at <= clock_timestamp() as overdue, stock_committed_at is not null as acknowledged,
					(select coalesce(jsonb_agg(jsonb_build_object('version', message.version, 'type', type, 'state', state) order by message.id), '[]')
						from outbox as message where order_id = orders.id) as outbox
				from orders order by id`)
			const orders = rows.map(({ items, history, ...row }) => ({
				...row,
				lines: Object.fromEntries(items.map(({ sku, quantity }) => [sku, quantity])),
				history: history.map(({ from, to }) => `${from} to ${to}`),
			}))
			return {
				...(await inventory.read()),
				orders,
				log: [...events, ...waiting.map(({ id, version, status }) => eventName(id, version, status))],
				positions: events.length,
			}
		},
		async clear(): Promise<void> {
			await database.query('delete from outbox; delete from orders; delete from event; delete from event_inbox')
			await database.query('update event_log set last_position = 0')
			await inventory.clear()
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

type ShopRow = Pick<Order, 'id' | 'items' | 'status' | 'version' | 'history'> & {
	reference: string
	overdue: boolean
	acknowledged: boolean
	outbox: OutboxMessage[]
}

function once(task: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined
	return () => (done ??= task())
}

async function answerOf<T>(asked: Promise<T>, inWords: (result: T) => string): Promise<string> {
	return asked.then(inWords, (error) => (error instanceof Problem ? error.code : Promise.reject(error)))
}
