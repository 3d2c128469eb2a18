import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '@mercat/order-api/order-schemas'
import { eventually } from '@mercat/testing/eventually'
import type { Cluster } from './cluster.ts'

/** An answer that settled nothing. It has no `code` when the connection broke or the body is no problem. */
export type Trouble = { status: number; code?: string; retryAfter: string | null }

export type BusyShop = Awaited<ReturnType<typeof openBusyShop>>

const attemptTimeoutMs = 10_000
const giveUpAfterMs = 90_000
const pieces = 1_000_000

/**
 * Customers that order, pay and cancel without a pause until the shop closes. They repeat requests after a 5xx, as the
 * contract tells them to. The shop keeps all answers.
 */
export async function openBusyShop(cluster: Cluster, customers: number) {
	const sku = await cluster.stocked(pieces)
	const closing = new AbortController()
	const troubles: Trouble[] = []
	const orders = new Map<string, OrderView>()
	let answers = 0

	async function ask(path: string, token: string, key: string, body: unknown): Promise<OrderView> {
		const giveUpAt = performance.now() + giveUpAfterMs
		while (performance.now() < giveUpAt) {
			try {
				const response = await fetch(`${cluster.orderUrl()}${path}`, {
					method: 'POST',
					headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
					body: JSON.stringify(body),
					signal: AbortSignal.timeout(attemptTimeoutMs),
				})
				const answer = (await response.json()) as OrderView & { code?: string }
				if (response.ok) {
					answers++
					orders.set(answer.id, answer)
					return answer
				}
				const { status, headers } = response
				troubles.push({ status, code: answer.code, retryAfter: headers.get('retry-after') })
				if (status < 500) throw new TypeError(`${path} was refused: ${JSON.stringify(answer)}`)
			} catch (error) {
				if (error instanceof TypeError && error.message.includes('was refused')) throw error
				troubles.push({ status: 0, retryAfter: null })
			}
			await sleep(50 + Math.random() * 150)
		}
		throw new Error(`${path} was never answered: ${JSON.stringify(troubles.at(-1))}`)
	}

	async function shop(customer: string): Promise<void> {
		const token = cluster.customerToken(customer)
		for (let round = 0; !closing.signal.aborted; round++) {
			const { id } = await ask('/v1/orders', token, randomUUID(), { items: [{ sku, quantity: 1 }] })
			if (round % 3 === 1) await ask(`/v1/orders/${id}/pay`, cluster.staffToken, '', { reference: id })
			if (round % 3 === 2) await ask(`/v1/orders/${id}/cancel`, token, '', {})
		}
	}
	const busy = Promise.all(Array.from({ length: customers }, (_, index) => shop(`customer-${index}`)))
	busy.catch(() => {})

	async function until(count: () => number, more: number): Promise<void> {
		const due = count() + more
		const enough = eventually(
			() => {
				if (count() < due) throw new Error(`${due - count()} are missing`)
			},
			{ timeout: giveUpAfterMs },
		)
		await Promise.race([enough, busy])
	}

	return {
		/** The answers that settled nothing. */
		troubles,
		/** Waits for `count` more successes. */
		answered: (more: number) => until(() => answers, more),
		/** Waits for `count` more answers that settled nothing. */
		troubled: (more: number) => until(() => troubles.length, more),

		/** Waits for the customers to finish. Returns the contradictions of their answers to the databases. */
		async close(): Promise<string[]> {
			closing.abort()
			await busy
			await cluster.settled()
			const found: string[] = []
			for (const order of orders.values()) {
				const response = await fetch(`${cluster.orderUrl()}/v1/orders/${order.id}`, {
					headers: { authorization: `Bearer ${cluster.staffToken}` },
				})
				const now = await response.text()
				if (now !== JSON.stringify(order)) found.push(`${JSON.stringify(order)} is now ${now}`)
			}
			const count = (status: string) => [...orders.values()].filter((order) => order.status === status).length
			const { onHand, held } = await cluster.stock(sku)
			if (held !== count('placed')) found.push(`${held} held, ${count('placed')} placed`)
			if (onHand !== pieces - count('paid')) found.push(`${pieces - onHand} sold, ${count('paid')} paid`)
			return found
		},
	}
}
