/** One attempt to deliver an event, as the log of deliveries keeps it. Its texts fit into jsonb. */
export type Attempt = {
	/** When it began, in ISO 8601. */
	at: string
	/** Until the status of the answer came, or until the attempt failed. */
	ms: number
	/** The status of the answer. Absent without an answer. */
	status?: number
	/** Why the attempt was no delivery. Absent for a delivery. */
	error?: string
	/** The first kilobyte of the answer's body. */
	answer?: string
}

/** An attempt, and its meaning for the delivery. */
export type AttemptResult =
	/** The receiver answered 2xx. */
	| { outcome: 'delivered'; attempt: Attempt }
	/** The receiver answered 410: it wants no more events. */
	| { outcome: 'gone'; attempt: Attempt }
	/** The delivery is to be tried again, at the earliest after `retryAfterMs`, which is 0 unless the receiver asked. */
	| { outcome: 'failed'; attempt: Attempt; retryAfterMs: number }
	/** The target is not a public address. Nothing was sent. It counts as a failure, because names change. */
	| { outcome: 'refused'; attempt: Attempt }
	/** The caller gave up. The receiver may have got the event. It is no failure of the receiver. */
	| { outcome: 'aborted'; attempt: Attempt }
