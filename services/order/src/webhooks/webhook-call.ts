import { failureText } from '@mercat/service/failure-text'
import type { ResolveHost } from '@mercat/service/host-address'
import { retryAfterMs } from '@mercat/service/retry-after'
import {
	openTargetAgent,
	type TargetAgent,
	type TargetAgentNeeds,
	TargetRefusedError,
} from '@mercat/service/target-agent'
import type { Attempt, AttemptResult } from './attempt.ts'
import { readAnswer } from './read-answer.ts'
import { storableText } from './storable-text.ts'
import { webhookSignature } from './webhook-signature.ts'

export type WebhookCallNeeds = TargetAgentNeeds & {
	/** Stands in for `resolve` where the target may be a private address, in the network of the operator. */
	lookUp: ResolveHost
}

export type WebhookCallOptions = {
	/** For everything until the status of the answer has come. 10 s, unless given. */
	timeoutMs?: number
}

/** An event for one webhook. */
export type WebhookMessage = {
	url: string
	/** Whether the target may be a private address. */
	mayBePrivate: boolean
	/** The id of the event, by which the receiver forgets duplicates. */
	id: string
	/** The CloudEvent as JSON. */
	body: string
	/** At least one. Each one signs. */
	secrets: readonly string[]
	/** The trace that the receiver may go on with (W3C Trace Context). */
	traceparent?: string
}

export type WebhookCall = {
	/** Makes one attempt. It never rejects: each failure is a result. A caller may have less time than the usual one. */
	post(message: WebhookMessage, signal?: AbortSignal, mostMs?: number): Promise<AttemptResult>
	/** Ends all attempts and connections. */
	[Symbol.asyncDispose](): Promise<void>
}

const mostErrorCharacters = 500

/**
 * Posts events to webhooks. Redirects are not followed. An answer of 2xx is a delivery whatever its body does, and only
 * the beginning of the body is read.
 */
export function createWebhookCall(
	needs: WebhookCallNeeds,
	{ timeoutMs = 10_000 }: WebhookCallOptions = {},
): WebhookCall {
	// Connections to private addresses are apart, so that no other webhook gets one.
	const agents = new Map<'public' | 'any', Promise<TargetAgent>>()
	const anyTarget: TargetAgentNeeds = { resolve: needs.lookUp, addressRefusal: () => undefined }
	let isClosed = false

	function agentFor({ mayBePrivate }: WebhookMessage): Promise<TargetAgent> {
		const targets = mayBePrivate ? 'any' : 'public'
		const known = agents.get(targets)
		if (known !== undefined) return known
		const agent = openTargetAgent(mayBePrivate ? anyTarget : needs, { connectTimeoutMs: timeoutMs })
		agents.set(targets, agent)
		return agent
	}

	return {
		async post(message, signal, mostMs = timeoutMs) {
			const now = new Date()
			const startedAt = performance.now()
			const attempt: Attempt = { at: now.toISOString(), ms: 0 }
			const stop = stopAfter(Math.min(timeoutMs, mostMs), signal)
			try {
				const agent = await agentFor(message)
				const { statusCode, headers, body } = await agent.request(toRequest(message, now, stop.signal))
				attempt.ms = msSince(startedAt)
				attempt.status = statusCode
				attempt.answer = await readAnswer(body)
				return judge(attempt, statusCode, headers['retry-after'])
			} catch (error) {
				attempt.ms = msSince(startedAt)
				attempt.error = storableText(failureText(error), mostErrorCharacters)
				if (error instanceof TargetRefusedError) return { outcome: 'refused', attempt }
				if (isClosed || signal?.aborted) return { outcome: 'aborted', attempt }
				return { outcome: 'failed', attempt, retryAfterMs: 0 }
			} finally {
				stop[Symbol.dispose]()
			}
		},

		async [Symbol.asyncDispose]() {
			isClosed = true
			for (const agent of agents.values()) await (await agent).destroy()
		},
	}
}

function toRequest(message: WebhookMessage, now: Date, signal: AbortSignal) {
	const { origin, pathname, search } = new URL(message.url)
	return {
		origin,
		path: pathname + search,
		method: 'POST' as const,
		headers: {
			'content-type': 'application/cloudevents+json; charset=utf-8',
			'user-agent': 'mercat',
			...webhookSignature(message, message.secrets, now),
			...(message.traceparent !== undefined && { traceparent: message.traceparent }),
		},
		body: message.body,
		signal,
	}
}

/** A signal that aborts after a time, or with another signal. It must be disposed of. */
function stopAfter(timeoutMs: number, other: AbortSignal | undefined) {
	const controller = new AbortController()
	const stop = () => controller.abort(new Error('the attempt was stopped'))
	const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
	other?.addEventListener('abort', stop)
	if (other?.aborted) stop()
	return {
		signal: controller.signal,
		[Symbol.dispose]() {
			clearTimeout(timer)
			other?.removeEventListener('abort', stop)
		},
	}
}

function judge(attempt: Attempt, status: number, retryAfter: string | string[] | undefined): AttemptResult {
	if (status >= 200 && status < 300) return { outcome: 'delivered', attempt }
	attempt.error = status >= 300 && status < 400 ? `HTTP ${status}: a redirect is not followed` : `HTTP ${status}`
	if (status === 410) return { outcome: 'gone', attempt }
	return { outcome: 'failed', attempt, retryAfterMs: retryAfterMs(retryAfter, Date.now()) }
}

function msSince(startedAt: number): number {
	return Math.round(performance.now() - startedAt)
}
