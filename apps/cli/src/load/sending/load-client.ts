import { Pool } from 'undici'
import { connectionError } from '../../command/connection-error.ts'
import type { Caller } from './callers.ts'

/** How the order service answered a request, or why there is no answer. */
export type Answer =
	| { kind: 'done'; body: unknown; isReplay: boolean }
	/** A problem, with the products that are at fault. `retryAfterMs` is there when the service says when to ask again. */
	| { kind: 'refused'; status: number; code: string; detail: string; skus: string[]; retryAfterMs?: number }
	/** No answer of the order service. `status` is there when something else has answered. */
	| { kind: 'failed'; reason: string; wasSent: boolean; status?: number }

export type LoadRequest = {
	method: 'GET' | 'POST'
	path: string
	caller?: Caller
	idempotencyKey?: string
	body?: unknown
}

export type LoadClient = Disposable & {
	/** The requests that wait for their answer. */
	underWay(): number
	/** Never throws: trouble is an answer, too. */
	send(request: LoadRequest): Promise<Answer>
}

/** As many requests have a connection at once; more of them wait. */
export const connectionCount = 128

// Longer than any budget of the service, which answers by then.
const timeoutMs = 15_000

/** Sends requests to the order service at a URL, over connections that stay open. */
export function createLoadClient(url: string): LoadClient {
	const { origin, pathname } = new URL(url)
	const prefix = pathname.replace(/\/$/, '')
	const pool = new Pool(origin, {
		connections: connectionCount,
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
		connect: { timeout: timeoutMs },
	})
	let underWay = 0

	async function send({ method, path, caller, idempotencyKey, body }: LoadRequest): Promise<Answer> {
		underWay++
		try {
			const {
				statusCode,
				headers,
				body: answer,
			} = await pool.request({
				method,
				path: `${prefix}${path}`,
				headers: {
					...(caller !== undefined && { authorization: `Bearer ${caller.token}` }),
					...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			})
			const read = readObject(await answer.text())
			if (read === undefined) return foreignAnswer(statusCode)
			if (statusCode < 300) return { kind: 'done', body: read, isReplay: headers['idempotent-replayed'] === 'true' }
			return refusal(statusCode, read, headers['retry-after'])
		} catch (error) {
			return { kind: 'failed', reason: connectionError(error), wasSent: !isUnconnected(error) }
		} finally {
			underWay--
		}
	}

	return {
		send,
		underWay: () => underWay,
		[Symbol.dispose]() {
			void pool.destroy()
		},
	}
}

/** An answer of another web server, or of a proxy before the service. */
export function foreignAnswer(status: number): Answer {
	return { kind: 'failed', reason: `HTTP ${status}, not an answer of the order service`, wasSent: true, status }
}

/** Under which name a failure is counted. */
export function failureName({ status }: Answer & { kind: 'failed' }): string {
	return status === undefined ? 'no answer' : `HTTP ${status}`
}

// Without a connection, nothing was sent.
const unconnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

function isUnconnected(error: unknown): boolean {
	return unconnected.includes(String((error as { code?: unknown }).code))
}

function readObject(text: string): object | undefined {
	try {
		const value: unknown = JSON.parse(text)
		return typeof value === 'object' && value !== null ? value : undefined
	} catch {
		return undefined
	}
}

type ProblemBody = { code?: unknown; detail?: string; items?: { sku: string }[] }

function refusal(status: number, problem: ProblemBody, retryAfter: string | string[] | undefined): Answer {
	const { code, detail = '', items = [] } = problem
	if (typeof code !== 'string') return foreignAnswer(status)
	const retryAfterMs = 1_000 * Number(retryAfter)
	return {
		kind: 'refused',
		status,
		code,
		detail,
		skus: items.map(({ sku }) => sku),
		...(Number.isFinite(retryAfterMs) && { retryAfterMs }),
	}
}
