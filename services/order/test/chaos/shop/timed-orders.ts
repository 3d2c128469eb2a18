import { setTimeout as sleep } from 'node:timers/promises'

/** What a budget may be overrun by, on a machine that has nothing else to do. */
const graceMs = 250
const witnessIntervalMs = 20

export type TimedOrder = {
	key: string
	sku: string
	token: string
	/** Sent as `Request-Timeout`. */
	timeoutS?: number
}

export type TimedAnswer = { key: string; status: number; code?: string; id: string; tookMs: number }

/** Places an order once, on the clock. */
export async function timedOrder(url: string, { key, sku, token, timeoutS }: TimedOrder): Promise<TimedAnswer> {
	const startedAt = performance.now()
	const response = await fetch(`${url}/v1/orders`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${token}`,
			'idempotency-key': key,
			'content-type': 'application/json',
			...(timeoutS !== undefined && { 'request-timeout': String(timeoutS) }),
		},
		body: JSON.stringify({ items: [{ sku, quantity: 1 }] }),
		signal: AbortSignal.timeout(30_000),
	})
	const { code, id } = (await response.json()) as { code?: string; id: string }
	return { key, status: response.status, code, id, tookMs: performance.now() - startedAt }
}

/** Every answer that the contract has for an order that the catalog is in the way of. */
export const answersInTrouble = [
	'201',
	'503 CATALOG_UNAVAILABLE',
	'504 CATALOG_TIMEOUT',
	'504 REQUEST_TIMEOUT',
] as const

export function answerName({ status, code }: { status: number; code?: string }): string {
	return code === undefined ? String(status) : `${status} ${code}`
}

/**
 * Asks a service again and again for what needs no work, so that a machine that is busy with other
 * things is not taken for a service that is late.
 */
export function startWitness(url: string) {
	let slowestMs = 0
	let stopped = false
	const asking = (async () => {
		while (!stopped) {
			const startedAt = performance.now()
			// While the service is restarted it has nothing to say.
			const answered = await fetch(`${url}/livez`).then(
				(response) => response.text(),
				() => undefined,
			)
			if (answered !== undefined) slowestMs = Math.max(slowestMs, performance.now() - startedAt)
			await sleep(witnessIntervalMs)
		}
	})()
	return {
		/** Ends it; how much longer an answer may have taken meanwhile than it had budget. */
		async graceMs(): Promise<number> {
			stopped = true
			await asking
			return graceMs + slowestMs
		},
		async [Symbol.asyncDispose]() {
			stopped = true
			await asking
		},
	}
}
