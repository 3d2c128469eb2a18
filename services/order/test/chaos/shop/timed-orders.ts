import { setTimeout as sleep } from 'node:timers/promises'

/** The time by which an answer may pass its budget on an idle machine. */
const graceMs = 250
const witnessIntervalMs = 20

export type TimedOrder = {
	key: string
	sku: string
	token: string
	/** The `Request-Timeout` of the request. */
	timeoutS?: number
}

export type TimedAnswer = { key: string; status: number; code?: string; id: string; tookMs: number }

/** Places an order once and measures the time. */
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
		signal: AbortSignal.timeout(60_000),
	})
	const { code, id } = (await response.json()) as { code?: string; id: string }
	return { key, status: response.status, code, id, tookMs: performance.now() - startedAt }
}

/** The answers that the contract allows for an order while the catalog is in trouble. */
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
 * Measures the delays of a busy machine, by repeated requests that need no work, so that they do not count as late
 * answers.
 */
export function startWitness(url: string) {
	let slowestMs = 0
	let stopped = false
	const asking = (async () => {
		while (!stopped) {
			const startedAt = performance.now()
			// The service does not answer while it restarts.
			const answered = await fetch(`${url}/livez`).then(
				(response) => response.text(),
				() => undefined,
			)
			if (answered !== undefined) slowestMs = Math.max(slowestMs, performance.now() - startedAt)
			await sleep(witnessIntervalMs)
		}
	})()
	return {
		/** Ends the measurement. Returns the time by which an answer may have passed its budget meanwhile. */
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
