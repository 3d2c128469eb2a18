import { retryAfterMs } from '@mercat/service/retry-after'
import { NoAnswerError } from '../problems/no-answer-error.ts'
import { mayPass, usualWaitMs } from './asking-again.ts'

/** An attempt that is to be repeated. */
export type Retry = {
	request: Request
	/** How many attempts were made. */
	attempt: number
	waitMs: number
	/** The status of the answer, or why there was none. */
	outcome: number | Error
}

export type RetryingFetchNeeds = {
	fetch(request: Request, init: { signal: AbortSignal }): Promise<Response>
	/** Rejects with the reason of the signal when it aborts. */
	pause(ms: number, signal: AbortSignal): Promise<void>
	/** On a clock that never goes back, in milliseconds. */
	now(): number
}

export type RetryingFetchOptions = {
	/** How long a request may take with all of its attempts and the waits between them. */
	budgetMs: number
	/** How long an attempt may take until the end of its answer, or until a stream begins. */
	attemptMs: number
	/** Is called before each wait. */
	onRetry?: ((retry: Retry) => void) | undefined
}

/**
 * A `fetch` that sends a request again while that is safe and may help, as docs/api.md has it ("After a 429, a 5xx or no
 * answer"). When the budget is used up, or the server asks for a longer wait than is left, it answers with the last answer.
 *
 * @throws NoAnswerError when the last attempt got no answer; the reason of the request's own signal when it aborts
 */
export function createRetryingFetch(
	{ fetch, pause, now }: RetryingFetchNeeds,
	{ budgetMs, attemptMs, onRetry = () => {} }: RetryingFetchOptions,
): (request: Request) => Promise<Response> {
	return async (request) => {
		const endsAt = now() + budgetMs
		for (let attempt = 1; ; attempt++) {
			const answer = await attemptOnce(fetch, request, Math.min(attemptMs, endsAt - now()))
			const outcome = answer instanceof Error ? answer : answer.status
			const waitMs = waitAfter(answer, attempt)
			if (!mayRepeat(request, outcome) || now() + waitMs >= endsAt) {
				if (answer instanceof Error) throw new NoAnswerError(request, attempt, answer)
				return answer
			}
			onRetry({ request, attempt, waitMs, outcome })
			await pause(waitMs, request.signal)
		}
	}
}

async function attemptOnce(
	fetch: RetryingFetchNeeds['fetch'],
	request: Request,
	limitMs: number,
): Promise<Response | Error> {
	const late = new AbortController()
	const timer = setTimeout(() => late.abort(new Error(`no answer within ${Math.round(limitMs)} ms`)), limitMs)
	try {
		// A request can be sent once, and its copies, too.
		const response = await fetch(request.clone(), { signal: AbortSignal.any([request.signal, late.signal]) })
		if (isStream(response)) return response
		// Only a whole answer is an answer.
		const body = await response.arrayBuffer()
		const { status, statusText, headers } = response
		return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers })
	} catch (error) {
		request.signal.throwIfAborted()
		return error instanceof Error ? error : new Error(String(error))
	} finally {
		clearTimeout(timer)
	}
}

function isStream({ headers }: Response): boolean {
	return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

function mayRepeat(request: Request, outcome: number | Error): boolean {
	// After these nothing was done.
	if (outcome === 408 || outcome === 429) return true
	return (outcome instanceof Error || mayPass(outcome)) && isSafeToRepeat(request)
}

// A second attempt would make a second webhook, or another secret than the one whose answer was lost.
const unsafePath = /\/v1\/webhooks(\/[^/]+\/rotate-secret)?$/

/** Every request but these two changes nothing more when it is repeated (docs/api.md). */
function isSafeToRepeat({ method, url }: Request): boolean {
	return method !== 'POST' || !unsafePath.test(new URL(url).pathname)
}

function waitAfter(answer: Response | Error, attempt: number): number {
	const asked = answer instanceof Error ? undefined : (answer.headers.get('retry-after') ?? undefined)
	return retryAfterMs(asked, Date.now()) || usualWaitMs(attempt)
}
