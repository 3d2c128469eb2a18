import type { EventPage } from '@mercat/order-api/event-schemas'
import { retryAfterMs } from '@mercat/service/retry-after'
import { EventsUnavailableError, type ReadEvents } from './events-log.ts'

export type OrderEventsOptions = {
	/** The URL of the order service, without a path. */
	address: string
	/** The token of this service for the order service. It is read at every call. */
	token(): string
	timeoutMs?: number
}

type ProblemBody = { code?: string; first?: string; errors?: { code?: string }[] }

/** Creates the function that reads the log of events of the order service. It makes each call once. */
export function createOrderEventsClient({ address, token, timeoutMs = 10_000 }: OrderEventsOptions): ReadEvents {
	return async (after, limit, signal) => {
		const query = new URLSearchParams({ limit: String(limit) })
		if (after !== 'beginning') query.set('after', String(after))
		const response = await fetch(new URL(`/v1/events?${query}`, address), {
			headers: { authorization: `Bearer ${token()}`, accept: 'application/json' },
			// Another server must not get the token.
			redirect: 'error',
			signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
		})
		const body = parse(await response.text())
		if (response.ok && isPage(body)) {
			return { kind: 'page', events: body.events, next: Number(body.next), caughtUp: body.caughtUp }
		}
		const { code, first, errors } = (body ?? {}) as ProblemBody
		if (code === 'POSITION_EXPIRED') return { kind: 'expired', first: Number(first) }
		if (code === 'INVALID_REQUEST' && errors?.[0]?.code === 'position') return { kind: 'beyondEnd' }
		const why = code === undefined ? ', and not as the order service does' : ` ${code}`
		const pauseMs = retryAfterMs(response.headers.get('retry-after') ?? undefined, Date.now())
		throw new EventsUnavailableError(`the log of events answered ${response.status}${why}`, pauseMs)
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

function isPage(body: unknown): body is EventPage {
	const { events, next } = (body ?? {}) as Partial<EventPage>
	return Array.isArray(events) && typeof next === 'string'
}
