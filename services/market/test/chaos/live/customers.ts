import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '@mercat/order-api/order-schemas'

/** What was sold: of a product, by the status that the orders entered, as in `paid MUG-1`; or of all, as in `paid `. */
export type Sold = { orders: number; quantity: number; amountMinor: number }

export type CustomersNeeds = {
	/** The URL of the order service. */
	url: string
	token: string
	skus: readonly string[]
	random: () => number
	signal: AbortSignal
}

const attemptTimeoutMs = 10_000
const pauseMs = 100
const fates = ['', 'pay', 'cancel'] as const
const statuses = { '': undefined, pay: 'paid', cancel: 'cancelled' } as const

/** A customer who orders, and pays or cancels some orders, until the signal comes. Requests are repeated until they are answered. */
export async function orderOn({ url, token, skus, random, signal }: CustomersNeeds): Promise<Map<string, Sold>> {
	const sold = new Map<string, Sold>()

	function add(status: string, sku: string, quantity: number, amountMinor: number): void {
		const key = `${status} ${sku}`
		const known = sold.get(key) ?? { orders: 0, quantity: 0, amountMinor: 0 }
		sold.set(key, {
			orders: known.orders + 1,
			quantity: known.quantity + quantity,
			amountMinor: known.amountMinor + amountMinor,
		})
	}

	function enter(status: string, { items, total }: OrderView): void {
		const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
		add(status, '', pieces, total.amountMinor)
		for (const { sku, quantity, lineTotal } of items) add(status, sku, quantity, lineTotal.amountMinor)
	}

	async function ask(path: string, key: string, body: object): Promise<OrderView> {
		for (;;) {
			try {
				const response = await fetch(`${url}${path}`, {
					method: 'POST',
					headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
					body: JSON.stringify(body),
					signal: AbortSignal.timeout(attemptTimeoutMs),
				})
				if (response.ok) return (await response.json()) as OrderView
				if (response.status < 500) throw new TypeError(`${path} was refused: ${await response.text()}`)
			} catch (error) {
				if (error instanceof TypeError && error.message.includes('was refused')) throw error
			}
			await sleep(pauseMs)
		}
	}

	const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
	while (!signal.aborted) {
		const items = [...new Set([pick(skus), pick(skus)])].map((sku) => ({ sku, quantity: 1 + Math.floor(random() * 3) }))
		const placed = await ask('/v1/orders', randomUUID(), { items })
		enter('placed', placed)
		const fate = pick(fates)
		const status = statuses[fate]
		if (status !== undefined) {
			const body = fate === 'pay' ? { reference: placed.id } : {}
			enter(status, await ask(`/v1/orders/${placed.id}/${fate}`, randomUUID(), body))
		}
		await sleep(pauseMs)
	}
	return sold
}

/** How many transitions orders have made. */
export function transitionsOf(sold: ReadonlyMap<string, Sold>): number {
	return [...sold].reduce((sum, [key, { orders }]) => sum + (key.endsWith(' ') ? orders : 0), 0)
}
