import { openDatabase } from '@mercat/database/database'
import type { OrderView } from '@mercat/order-api/order-schemas'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { HistoryEntry, OrderItem } from '../../../src/order/order.ts'

type OrderFacts = {
	id: string
	customerId: string
	key: string
	status: OrderStatus
	items: OrderItem[]
	totalMinor: number
	history: HistoryEntry[]
}

const sold: OrderStatus[] = ['paid', 'shipped', 'delivered']

export type ShopLog = ReturnType<typeof createShopLog>

/** The answers that the clients of a test got, to be compared with the databases at the end. */
export function createShopLog() {
	const answers = new Map<string, OrderView[]>()
	const refusedKeys = new Set<string>()
	let answered = 0

	const lastAnswers = () => [...answers.values()].map((views) => views.at(-1) as OrderView)

	// Whether an order may have its present status after the last answer to its client.
	function mayBecome({ status }: OrderView, order: OrderFacts): boolean {
		if (order.status === status) return true
		if (status === 'placed' && order.status === 'expired') return true
		// The stock was gone when the payment came, also when the client got no answer to the payment.
		const unsold = order.status === 'cancelled' && order.history.at(-1)?.who === 'system:relay'
		return unsold && (status === 'placed' || status === 'paid')
	}

	function contradictionsOf(order: OrderFacts, views: OrderView[]): string[] {
		const found: string[] = []
		for (const { items, total, version, status } of views) {
			if (order.history[version - 1]?.to !== status) found.push(`was never ${status} in version ${version}`)
			const lines = items.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice.amountMinor])
			const kept = order.items.map(({ sku, quantity, amountMinor }) => [sku, quantity, amountMinor])
			if (JSON.stringify(lines) !== JSON.stringify(kept)) found.push(`has other lines: ${JSON.stringify(kept)}`)
			if (total.amountMinor !== order.totalMinor) found.push(`has another total: ${order.totalMinor}`)
		}
		const last = views.at(-1) as OrderView
		if (!mayBecome(last, order)) found.push(`was ${last.status} and is ${order.status}`)
		return found.map((finding) => `${order.id} ${finding}`)
	}

	return {
		/** Records the order of an answer. */
		saw(order: OrderView): void {
			answered++
			answers.set(order.id, [...(answers.get(order.id) ?? []), order])
		},
		/** Records a key that got OUT_OF_STOCK after attempts with unknown outcome. */
		refused(customerId: string, key: string): void {
			refusedKeys.add(`${customerId} ${key}`)
		},
		/** The number of orders. */
		get size() {
			return answers.size
		},
		/** The number of answers. */
		get answers() {
			return answered
		},
		/** The number of orders whose last answer had a status. */
		count: (status: OrderStatus) => lastAnswers().filter((order) => order.status === status).length,
		/** The number of pieces of a product that were sold by the last answers. */
		soldPieces: (sku: string) =>
			lastAnswers()
				.filter(({ status }) => sold.includes(status))
				.flatMap(({ items }) => items)
				.reduce((sum, item) => sum + (item.sku === sku ? item.quantity : 0), 0),

		/** The contradictions of the databases: lost, changed and unknown orders, and wrong stock. */
		async contradictions(urls: { catalog: string; order: string }, onHand: Map<string, number>): Promise<string[]> {
			await using orderDatabase = await openDatabase(urls.order)
			await using catalogDatabase = await openDatabase(urls.catalog)
			const rows = await orderDatabase.query<OrderFacts>(
				`select id, customer_id as "customerId", idempotency_key as key, status, items, total_minor as "totalMinor", history
				from orders`,
			)
			const orders = new Map(rows.map((row) => [row.id, row]))
			const found: string[] = []
			for (const [id, views] of answers) {
				const order = orders.get(id)
				found.push(...(order === undefined ? [`${id} is lost`] : contradictionsOf(order, views)))
			}
			for (const { id, customerId, key } of rows) {
				if (!answers.has(id) && !refusedKeys.has(`${customerId} ${key}`)) found.push(`nobody heard of ${id}`)
			}

			const pieces = new Map(onHand)
			for (const { items } of rows.filter(({ status }) => sold.includes(status))) {
				for (const { sku, quantity } of items) pieces.set(sku, (pieces.get(sku) ?? 0) - quantity)
			}
			const stock = await catalogDatabase.query<{ sku: string; onHand: number }>(
				'select sku, on_hand as "onHand" from stock where sku = any($1::text[])',
				[[...onHand.keys()]],
			)
			for (const level of stock) {
				const due = pieces.get(level.sku)
				if (level.onHand !== due) found.push(`of ${level.sku} there should be ${due} and are ${level.onHand}`)
			}
			return found
		},
	}
}
