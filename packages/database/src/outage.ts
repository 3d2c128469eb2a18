import { failureText } from '@mercat/service/failure-text'
import type { Logger } from '@mercat/service/log'
import type { DatabaseUnavailableError } from './statements/errors.ts'

/** How an outage of the database ended. `lastedMs` is the time from the first failure until it answered again. */
export type OutageEnd = { failures: number; lastedMs: number }

export type OutageListener = {
	/** Called for the first failure of an outage. */
	onUnavailable(error: DatabaseUnavailableError): void
	/** Called when the database answers again. */
	onAvailable(end: OutageEnd): void
	/** Called for each failure. Afterwards another server may answer, which does not have the latest commits of this one. */
	onFailure?(): void
}

// While a server stops or is switched over, some statements still succeed. The loops in the background of a service use the
// database at least once a second, so that an outage that goes on shows in this time.
const quietMs = 2_500

/** Tells a listener of the begin and the end of each outage of a database, and of nothing in between. */
export function createOutage({ onUnavailable, onAvailable, onFailure }: OutageListener) {
	let failures = 0
	let beganAt = 0
	let lastFailureAt = 0
	// The first success after the last failure.
	let recoveredAt: number | undefined

	return {
		/** A statement has failed because the database is unavailable. */
		failed(error: DatabaseUnavailableError): void {
			lastFailureAt = performance.now()
			recoveredAt = undefined
			onFailure?.()
			if (failures++ > 0) return
			beganAt = lastFailureAt
			onUnavailable(error)
		},

		/** Whether an outage has begun that has not ended. */
		isOn: () => failures > 0,

		/** A statement has succeeded. */
		succeeded(): void {
			if (failures === 0) return
			const now = performance.now()
			recoveredAt ??= now
			if (now - lastFailureAt < quietMs) return
			const end = { failures, lastedMs: Math.round(recoveredAt - beganAt) }
			failures = 0
			onAvailable(end)
		},
	}
}

/** Logs one line when an outage of a server begins, and one when it ends. */
export function outagesIn(log: Pick<Logger, 'error' | 'warn'>, server: string): OutageListener {
	return {
		onUnavailable: ({ cause }) => log.error({ reason: failureText(cause) }, `${server} is unavailable`),
		onAvailable: (end) => log.warn(end, `${server} is available again`),
	}
}
