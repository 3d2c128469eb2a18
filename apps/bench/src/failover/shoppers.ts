import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { signToken } from '@mercat/service/tokens'
import { customers, skus, tokenIssuer } from '../running/shop.ts'

/** What one request was answered, and when; the status is 0 when the connection was lost. */
export type Answer = { atMs: number; tookMs: number; status: number; code: string | undefined }

/** Customers who place one order after another, and ask again with the same key until they know what became of it. */
export type Shoppers = AsyncDisposable & {
	answers: Answer[]
	/** The orders that were acknowledged, by their keys. */
	placed: Map<string, string>
	/** The keys that got two different orders. */
	doubled: string[]
	/** Lets all customers finish their order, and leave. */
	leave(): Promise<void>
}

export type ShoppersOptions = { origin: string; secret: string; count: number; budgetMs: number }

const tokenMs = 14_400_000
const retryMs = 100
const mostRetryMs = 1_000

export function startShoppers({ origin, secret, count, budgetMs }: ShoppersOptions): Shoppers {
	const answers: Answer[] = []
	const placed = new Map<string, string>()
	const doubled: string[] = []
	let isOpen = true

	async function send(key: string, token: string, sku: string): Promise<number> {
		const sentAt = performance.now()
		const response = await fetch(`${origin}/v1/orders`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
			body: JSON.stringify({ items: [{ sku, quantity: 1 }] }),
			// An answer that comes so late counts as late, and not as lost.
			signal: AbortSignal.timeout(10 * budgetMs),
		}).catch(() => undefined)
		const body = (await response?.json().catch(() => undefined)) as { id?: string; code?: string } | undefined
		const atMs = performance.now()
		const status = response?.status ?? 0
		answers.push({ atMs, tookMs: atMs - sentAt, status, code: body?.code })
		if ((status === 201 || status === 200) && body?.id !== undefined) {
			if ((placed.get(key) ?? body.id) !== body.id) doubled.push(key)
			placed.set(key, body.id)
			return 0
		}
		const askedMs = 1_000 * Number(response?.headers.get('retry-after') ?? 0)
		return Math.min(Math.max(retryMs, askedMs), mostRetryMs)
	}

	async function shop(index: number): Promise<void> {
		const token = signToken(
			{ ...tokenIssuer, secret },
			{ subject: customers[index] as string, scope: 'orders:write', lifetimeMs: tokenMs },
		)
		for (let round = index; isOpen; round += count) {
			const key = randomUUID()
			const sku = skus[round % skus.length] as string
			for (let waitMs = await send(key, token, sku); waitMs > 0; waitMs = await send(key, token, sku))
				await sleep(waitMs)
		}
	}

	const shopping = Promise.all(Array.from({ length: count }, (_, index) => shop(index)))
	shopping.catch(() => {})
	async function leave() {
		isOpen = false
		await shopping
	}
	return { answers, placed, doubled, leave, [Symbol.asyncDispose]: leave }
}
