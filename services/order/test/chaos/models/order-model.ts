// The guarantees of orders as plain data, over the stock model of the catalog's tests, one event after another.
import * as stock from '@mercat/catalog/testing/stock-model'
import type { Action } from '../../../src/order/order-states.ts'

/** The lines of a request and its reference, which the fingerprint covers. */
export type Body = { lines: stock.Lines; reference: string }

type Status = 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired'
export type Message = { version: number; type: 'commit' | 'release'; state: 'pending' | 'delivered' }

export type ModelOrder = {
	body: Body
	/** Every status of the order. The last one is current. */
	history: Status[]
	/** The reference of the last transition. */
	reference: string | undefined
	overdue: boolean
	acknowledged: boolean
	outbox: Message[]
}

export type ShopModel = {
	stock: stock.StockModel
	orders: Map<string, ModelOrder>
	/** The transitions of all orders. Those of one group may be in any order. */
	log: string[][]
	/** How many transitions have a position in the log. */
	positions: number
}

export function createShopModel(skus: string[]): ShopModel {
	return { stock: stock.createStockModel(skus), orders: new Map(), log: [], positions: 0 }
}

/** A `late` placement pauses longer than its budget before it writes. A presumed one has no look-up first. */
export type Placement = { body: Body; late: boolean; isPresumed: boolean }

/** Places an order. At each `yield` other events may come in between. */
export function* place(
	shop: ShopModel,
	id: string,
	{ body, late, isPresumed: startsPresumed }: Placement,
): Generator<void, string> {
	if (!startsPresumed && shop.orders.has(id)) return replay(shop, id, body)
	yield
	let isPresumed = startsPresumed
	const reserve = () => refusalOf(stock.reserve(shop.stock, id, body.lines, isPresumed))
	let refusal = reserve()
	if (refusal === 'RESERVATION_EXISTS') {
		if (shop.orders.has(id)) return replay(shop, id, body)
		isPresumed = false
		refusal = reserve()
	}
	if (refusal === 'RESERVATION_RELEASED') return replay(shop, id, body)
	if (refusal !== undefined) return refusal
	yield
	if (shop.orders.has(id)) return replay(shop, id, body)
	if (late) {
		if (!isPresumed) return 'REQUEST_TIMEOUT'
		isPresumed = false
		return reserve() ?? 'REQUEST_TIMEOUT'
	}
	const fresh = { reference: undefined, overdue: false, acknowledged: false, outbox: [] }
	shop.orders.set(id, { body, history: ['placed'], ...fresh })
	shop.log.push([eventName(id, 1, 'placed')])
	return 'placed'
}

function refusalOf(answer: string): string | undefined {
	if (answer === 'held' || answer === 'committed') return undefined
	if (answer === 'RESERVATION_MISMATCH') return 'IDEMPOTENCY_KEY_REUSED'
	return answer.startsWith('OUT_OF_STOCK') ? 'OUT_OF_STOCK' : answer
}

function replay(shop: ShopModel, id: string, body: Body): string {
	const { lines, reference } = shop.orders.get(id)?.body ?? {}
	return reference === body.reference && isSame(lines, body.lines) ? 'replayed' : 'IDEMPOTENCY_KEY_REUSED'
}

const transitions: Record<Action, { from: Status[]; to: Status; type?: Message['type'] }> = {
	pay: { from: ['placed'], to: 'paid', type: 'commit' },
	ship: { from: ['paid'], to: 'shipped' },
	deliver: { from: ['shipped'], to: 'delivered' },
	cancel: { from: ['placed', 'paid'], to: 'cancelled', type: 'release' },
	expire: { from: ['placed'], to: 'expired', type: 'release' },
}

/**
 * A transition by a client with little time. At the `yield`, after the order was read, other events may come in between.
 */
export function* transition(shop: ShopModel, id: string, action: Action, reference: string): Generator<void, string> {
	const read = structuredClone(shop.orders.get(id))
	yield
	if (read === undefined) return 'ORDER_NOT_FOUND'
	const order = shop.orders.get(id) ?? read
	const { from, to } = transitions[action]
	const answer = (seen: ModelOrder): string | undefined => {
		if (statusOf(seen) === to)
			return action === 'cancel' || seen.reference === reference ? statusOf(seen) : 'ORDER_STATE_CONFLICT'
		return from.includes(statusOf(seen)) ? undefined : 'ORDER_STATE_CONFLICT'
	}
	const decided = answer(read) ?? answer(order)
	if (decided !== undefined) return decided
	if (action === 'pay' && order.overdue) return 'ORDER_STATE_CONFLICT'
	if (action === 'ship' && !order.acknowledged) return 'CATALOG_UNAVAILABLE'
	shop.log.push([write(id, order, action, reference)])
	return to
}

/** Expires the orders whose payment window is over. Returns how many. */
export function expireOverdue(shop: ShopModel): number {
	const overdue = [...shop.orders].filter(([, order]) => statusOf(order) === 'placed' && order.overdue)
	shop.log.push(overdue.map(([id, order]) => write(id, order, 'expire', undefined)))
	return overdue.length
}

/** The messages that a relay may claim: the first pending message of each order. */
export function claimable(shop: ShopModel): string[] {
	return [...shop.orders].flatMap(([id, { outbox }]) => {
		const first = outbox.find(({ state }) => state === 'pending')
		return first === undefined ? [] : [nameOf(id, first)]
	})
}

export function nameOf(id: string, { version, type }: Pick<Message, 'version' | 'type'>): string {
	return `${type} of ${id} at ${version}`
}

/** The catalog carries out the claimed messages, commits first, in the order of ids, and the relay gets the answer. */
export function deliver(shop: ShopModel, claimed: string[]): void {
	const ordered = [...shop.orders].sort(([a], [b]) => (a < b ? -1 : 1))
	const unsold: string[] = []
	for (const [id, order] of ordered) {
		const commit = order.outbox.find((message) => message.type === 'commit' && claimed.includes(nameOf(id, message)))
		if (commit === undefined) continue
		const refusal = stock.commit(shop.stock, id)
		if (refusal === '') order.acknowledged = true
		else if (statusOf(order) === 'paid') unsold.push(write(id, order, 'cancel', undefined))
	}
	shop.log.push(unsold)
	for (const [id, order] of ordered) {
		if (order.outbox.some((message) => message.type === 'release' && claimed.includes(nameOf(id, message))))
			stock.release(shop.stock, id)
	}
}

/** The relay marks messages as delivered. */
export function settle(shop: ShopModel, claimed: string[]): void {
	for (const [id, { outbox }] of shop.orders) {
		for (const message of outbox) if (claimed.includes(nameOf(id, message))) message.state = 'delivered'
	}
}

/** The writer of the log gives positions to the transitions of up to `limit` statements. Returns how many got one. */
export function assignPositions(shop: ShopModel, limit: number): number {
	const given = Math.min(limit, shop.log.flat().length - shop.positions)
	shop.positions += given
	return given
}

/** A transition in the log. */
export function eventName(id: string, version: number, status: string): string {
	return `${id} ${version} ${status}`
}

/** Sorts the transitions of each group of the model in a log. */
export function inGroups({ log: groups }: ShopModel, log: string[]): string[] {
	let at = 0
	const sorted: string[] = []
	for (const { length } of groups) {
		sorted.push(...log.slice(at, at + length).sort())
		at += length
	}
	return [...sorted, ...log.slice(at)]
}

/** The content of both databases. */
export function visible(shop: ShopModel) {
	const orders = [...shop.orders].map(([id, { body, history, overdue, acknowledged, outbox }]) => ({
		id,
		lines: body.lines,
		reference: body.reference,
		status: history.at(-1),
		version: history.length,
		history: history.map((to, index) => `${history[index - 1] ?? null} to ${to}`),
		overdue: overdue && history.length === 1,
		acknowledged,
		outbox,
	}))
	return {
		...stock.visibleStock(shop.stock),
		orders: orders.sort((a, b) => (a.id < b.id ? -1 : 1)),
		log: inGroups(shop, shop.log.flat()),
		positions: shop.positions,
	}
}

export function statusOf({ history }: ModelOrder): Status {
	return history.at(-1) ?? 'placed'
}

/** Returns the transition as it is in the log. */
function write(id: string, order: ModelOrder, action: Action, reference: string | undefined): string {
	const { to, type } = transitions[action]
	order.history.push(to)
	order.reference = reference
	if (type !== undefined) order.outbox.push({ version: order.history.length, type, state: 'pending' })
	return eventName(id, order.history.length, to)
}

function isSame(one: stock.Lines | undefined, other: stock.Lines): boolean {
	const sorted = (lines: stock.Lines) => String(Object.entries(lines).sort())
	return one !== undefined && sorted(one) === sorted(other)
}
