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

/** What the clients of a test were told, to be held against the databases in the end. */
export function createShopLog() {
	const answers = new Map<string, OrderView[]>()
	const refusedKeys = new Set<string>()
	let answered = 0

	const lastAnswers = () => [...answers.values()].map((views) => views.at(-1) as OrderView)

	// What may come of an order after the last that its client heard of it.
	function mayBecome({ status }: OrderView, order: OrderFacts): boolean {
		if (order.status === status) return true
		if (status === 'placed' && order.status === 'expired') return true
		// Its stock was gone when the payment came, whether or not the client heard of the payment.
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
		/** An order as an answer showed it. */
		saw(order: OrderView): void {
			answered++
			answers.set(order.id, [...(answers.get(order.id) ?? []), order])
		},
		/** A key that was told, after some attempts of unknown outcome, that there is no stock. */
		refused(customerId: string, key: string): void {
			refusedKeys.add(`${customerId} ${key}`)
		},
		/** How many orders there are. */
		get size() {
			return answers.size
		},
		/** How many answers there were. */
		get answers() {
			return answered
		},
		/** How many orders ended in a status, as far as their clients know. */
		count: (status: OrderStatus) => lastAnswers().filter((order) => order.status === status).length,
		/** How many pieces of a product were sold, as far as the clients know. */
		soldPieces: (sku: string) =>
			lastAnswers()
				.filter(({ status }) => sold.includes(status))
				.flatMap(({ items }) => items)
				.reduce((sum, item) => sum + (item.sku === sku ? item.quantity : 0), 0),

		/** What the databases say otherwise: orders that are lost, changed or unheard of, and pieces that are not accounted for. */
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
