import { setTimeout as sleep } from 'node:timers/promises'
import type { CatalogAuditStore, ReservationFacts } from '@mercat/catalog/audit'
import type { Breach, OrderAuditStore, OrderFacts } from '@mercat/order/audit'
import { historyFault, idFault, outboxFault, priceFault, reservationFault } from './order-rules.ts'

/** An invariant of the contract, and what breaks it. */
export type Finding = { invariant: number; title: string; breaches: Breach[] }

type OrderRule = (order: OrderFacts, reservation: ReservationFacts | undefined) => string | undefined

const pageSize = 500
const rereads = 5
const rereadMs = 300

/**
 * Checks the invariants of both databases. While services work on them an order and its reservation
 * are not read at the same moment: a suspect is read again, the order first, and reported only if
 * it persists.
 */
export async function audit(orders: OrderAuditStore, catalog: CatalogAuditStore): Promise<Finding[]> {
	const live = await orders.isLive()
	const rules: Record<number, OrderRule> = {
		3: idFault,
		4: reservationFault,
		5: priceFault,
		6: historyFault,
		7: (order) => outboxFault(order, live),
	}
	const breaches = new Map<number, Breach[]>(Object.keys(rules).map((invariant) => [Number(invariant), []]))

	for await (const page of orderPages(orders)) {
		let suspects = page
		for (let reading = 0; suspects.length > 0; reading++) {
			const reservations = await catalog.reservations(suspects.map(({ id }) => id))
			const faults = suspects.flatMap((order) => faultsOf(order, reservations.get(order.id), rules))
			if (reading === rereads || faults.length === 0) {
				for (const { invariant, ...breach } of faults) breaches.get(invariant)?.push(breach)
				break
			}
			await sleep(rereadMs)
			suspects = await orders.orders([...new Set(faults.map(({ subject }) => subject))])
		}
	}
	breaches.get(3)?.push(...(await orders.sharedKeys()))
	breaches.get(4)?.push(...(await soldWithoutOrder(orders, catalog)))

	return [
		{
			invariant: 1,
			title: 'stock covers what is held, and is held by reservations',
			breaches: await catalog.stockBreaches(),
		},
		{
			invariant: 2,
			title: 'the ledger adds up to the stock, one effect per cause',
			breaches: await catalog.ledgerBreaches(),
		},
		{ invariant: 3, title: 'one order per customer and key, under the id they give', breaches: breaches.get(3) ?? [] },
		{ invariant: 4, title: 'reservations match the status of their orders', breaches: breaches.get(4) ?? [] },
		{ invariant: 5, title: 'totals add up, at the prices that were reserved', breaches: breaches.get(5) ?? [] },
		{ invariant: 6, title: 'histories start at placed and follow the states', breaches: breaches.get(6) ?? [] },
		{
			invariant: 7,
			title: 'every transition has its messages, delivered or on their way',
			breaches: breaches.get(7) ?? [],
		},
	]
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

// Stock that was sold to an order that is not there.
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
