import { setTimeout as sleep } from 'node:timers/promises'
import type { CatalogAuditStore, ReservationFacts } from '@mercat/catalog/audit'
import type { ChangeAuditStore } from '@mercat/catalog/change-audit'
import type { FeedAuditStore } from '@mercat/catalog/feed-audit'
import type { PriceAuditStore } from '@mercat/catalog/price-audit'
import type { SearchAuditStore } from '@mercat/catalog/search-audit'
import type { Breach, OrderAuditStore, OrderFacts } from '@mercat/order/audit'
import type { EventAuditStore } from '@mercat/order/event-audit'
import { eventBreaches } from './event-breaches.ts'
import { eventFault } from './event-fault.ts'
import { commandFault, historyFault, idFault, priceFault, reservationFault } from './order-rules.ts'
import { persisting } from './persisting.ts'

/** What the audit found out about one invariant of the contract. */
export type Finding = { invariant: number; title: string; breaches: Breach[] }

type CatalogStores = {
	catalog: CatalogAuditStore
	feeds: FeedAuditStore
	search: SearchAuditStore
	prices: PriceAuditStore
	changes: ChangeAuditStore
}

type OrderRule = (order: OrderFacts, reservation: ReservationFacts | undefined) => string | undefined

const titles: Record<number, string> = {
	1: 'held stock is on hand, and reservations hold it',
	2: 'the ledger adds up to the stock, with one movement per cause',
	3: 'a customer and an idempotency key have one order, with the id they give',
	4: 'reservations match the status of their orders',
	5: 'totals are the sums of the lines, at the reserved prices',
	6: 'histories start at placed and follow the table of transitions',
	7: 'every transition has its event and its command; every event is delivered to its webhooks, pending, or dead',
	8: 'a feed has one run at a time, and a product one held price beside the one that sells',
	9: 'the search index has each product once, with the words of its text',
	10: 'the prices of a product follow each other up to its own, and a held price is newer than what it would replace',
	11: 'positions in the log of changes have no gap, and the log ends at each product as it is',
}

const pageSize = 500
const rereading = { rereads: 5, rereadMs: 300 }

/**
 * Checks the invariants of both databases. While services run, an order and its reservation are read at different
 * moments. So a suspect order is read again, before its reservation, and reported only if the fault persists.
 */
export async function audit(
	{ orders, events }: { orders: OrderAuditStore; events: EventAuditStore },
	{ catalog, feeds, search, prices, changes }: CatalogStores,
): Promise<Finding[]> {
	const live = await orders.isLive()
	const breaches = await orderBreaches(orders, catalog, {
		3: idFault,
		4: reservationFault,
		5: priceFault,
		6: historyFault,
		7: (order) => commandFault(order, live) ?? eventFault(order, live),
	})
	breaches.get(3)?.push(...(await orders.sharedKeys()))
	breaches.get(4)?.push(...(await soldWithoutOrder(orders, catalog)))
	breaches.get(7)?.push(...(await eventBreaches(events, live, rereading)))
	breaches.set(1, await catalog.stockBreaches())
	breaches.set(2, await catalog.ledgerBreaches())
	breaches.set(8, await feeds.feedBreaches())
	const catalogRuns = await changes.isLive()
	breaches.set(9, await search.searchBreaches(catalogRuns))
	breaches.set(10, await prices.priceBreaches(catalogRuns))
	breaches.set(11, [
		...(await changes.changeBreaches()),
		...(catalogRuns ? await persisting(changes.waitingBreaches, rereading) : []),
	])
	return Object.entries(titles).map(([number, title]) => {
		const invariant = Number(number)
		return { invariant, title, breaches: breaches.get(invariant) ?? [] }
	})
}

/** The breaches of each rule, by the invariant that the rule belongs to. */
async function orderBreaches(
	orders: OrderAuditStore,
	catalog: CatalogAuditStore,
	rules: Record<number, OrderRule>,
): Promise<Map<number, Breach[]>> {
	const breaches = new Map<number, Breach[]>(Object.keys(rules).map((invariant) => [Number(invariant), []]))
	for await (const page of orderPages(orders)) {
		let suspects = page
		for (let reading = 0; suspects.length > 0; reading++) {
			const reservations = await catalog.reservations(suspects.map(({ id }) => id))
			const faults = suspects.flatMap((order) => faultsOf(order, reservations.get(order.id), rules))
			if (reading === rereading.rereads || faults.length === 0) {
				for (const { invariant, ...breach } of faults) breaches.get(invariant)?.push(breach)
				break
			}
			await sleep(rereading.rereadMs)
			suspects = await orders.orders([...new Set(faults.map(({ subject }) => subject))])
		}
	}
	return breaches
}

function faultsOf(order: OrderFacts, reservation: ReservationFacts | undefined, rules: Record<number, OrderRule>) {
	return Object.entries(rules).flatMap(([invariant, rule]) => {
		const finding = rule(order, reservation)
		return finding === undefined ? [] : [{ invariant: Number(invariant), subject: order.id, finding }]
	})
}

async function* orderPages(orders: OrderAuditStore): AsyncGenerator<OrderFacts[]> {
	let last: string | null = null
	for (;;) {
		const page: OrderFacts[] = await orders.ordersAfter(last, pageSize)
		if (page.length === 0) return
		yield page
		last = page.at(-1)?.id ?? null
	}
}

// Committed reservations whose order does not exist.
async function soldWithoutOrder(orders: OrderAuditStore, catalog: CatalogAuditStore): Promise<Breach[]> {
	const breaches: Breach[] = []
	let last: string | null = null
	for (;;) {
		const page: string[] = await catalog.committedAfter(last, pageSize)
		if (page.length === 0) return breaches
		const known = new Set((await orders.orders(page)).map(({ id }) => id))
		for (const id of page) {
			if (!known.has(id)) breaches.push({ subject: id, finding: 'its stock is sold, and there is no such order' })
		}
		last = page.at(-1) ?? null
	}
}
