import { newIdempotencyKey } from './calling/idempotency-key.ts'
import { pause } from './calling/pause.ts'
import { createRetryingFetch, type Retry } from './calling/retrying-fetch.ts'
import { type Client, createClient } from './generated/client/index.ts'
import { keyedOperations } from './generated/keyed-operations.gen.ts'
import { problemError } from './problems/problem-error.ts'

export type MercatOptions = {
	/** The address of the order service, such as `https://shop.example`. */
	baseUrl: string
	/** A token, without the word `Bearer`, or what gives one: it is asked for each call, and each time that a stream is opened. */
	token?: string | (() => string | Promise<string>)
	/** How long a call may take with all of its attempts and the waits between them: a minute, unless given. */
	budgetMs?: number
	/** How long an attempt may take: 5 s, unless given. The service answers within 2 s, unless its operator decides otherwise. */
	attemptMs?: number
	/** Is called before each wait for another attempt. */
	onRetry?(retry: Retry): void
	/** In place of the global `fetch`. */
	fetch?(request: Request, init: { signal: AbortSignal }): Promise<Response>
}

/**
 * A client of the order service, for the functions of this package. Calls give an operation that needs an idempotency key one
 * of its own, unless they have one, and keep it in all attempts. They throw {@link ProblemError} and {@link NoAnswerError}.
 */
export function createMercat({
	baseUrl,
	token,
	budgetMs = 60_000,
	attemptMs = 5_000,
	onRetry,
	fetch = (request, init) => globalThis.fetch(request, init),
}: MercatOptions): Client {
	const needs = { fetch, pause, now: () => performance.now() }
	const retryingFetch = createRetryingFetch(needs, { budgetMs, attemptMs, onRetry })
	const client = createClient({
		baseUrl,
		throwOnError: true,
		...(token !== undefined && { auth: token }),
		// A request of a request would lose the length of its body.
		fetch: (input, init) => retryingFetch(input instanceof Request ? input : new Request(input, init)),
	})
	client.interceptors.request.use((request, { method, url }) => {
		if (keyedOperations.includes(`${method} ${url}`) && !request.headers.has('idempotency-key')) {
			request.headers.set('idempotency-key', newIdempotencyKey())
		}
		return request
	})
	client.interceptors.error.use((error, response, request) => {
		// An error without an answer tells by itself what happened, and so does one that comes after a good answer.
		if (response === undefined || response.ok || request === undefined) return error
		return problemError(error, response, request)
	})
	return client
}
