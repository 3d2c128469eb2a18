import type { LoggedEvent } from '../../events/logged-event.ts'
import type { AttemptResult } from '../attempt.ts'
import { retryDelayMs, tryingForMs } from '../retry-delay.ts'
import type { DeliveryRecord } from './leased-webhook.ts'

/** An event of the log for one webhook, with its attempts so far. */
export type Tried = { event: LoggedEvent; tries: number; triedForMs?: number }

/** What is to be recorded of an attempt. Of an attempt that was stopped, only that the event waits. */
export function recordOf({ event, tries, triedForMs = 0 }: Tried, result: AttemptResult): DeliveryRecord {
	const { attempt } = result
	switch (result.outcome) {
		case 'delivered':
			return { event, state: 'delivered', attempt, delayMs: 0 }
		case 'aborted':
			return waiting(event)
		case 'gone':
			return { event, state: 'pending', attempt, delayMs: retryDelayMs(tries + 1) }
		case 'failed':
		case 'refused': {
			if (tries > 0 && triedForMs >= tryingForMs) return { event, state: 'dead', attempt, delayMs: 0 }
			const retryAfterMs = result.outcome === 'failed' ? result.retryAfterMs : 0
			return { event, state: 'pending', attempt, delayMs: retryDelayMs(tries + 1, retryAfterMs) }
		}
	}
}

/** An event that was not tried. It is due as soon as no earlier event of its order is pending. */
export function waiting(event: LoggedEvent): DeliveryRecord {
	return { event, state: 'pending', delayMs: 0 }
}
