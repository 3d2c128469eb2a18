/** A message that one relay has claimed. No other relay works on it before the lease ends. */
export type ClaimedMessage = {
	id: number
	orderId: string
	version: number
	type: string
	/** The data of an event that an earlier version of this service wrote; null for a command. */
	data: unknown
	createdAt: Date
	/** The trace of the transition that owes the message. Null for a transition without one. */
	traceparent: string | null
	/** The number of attempts, with the one that this claim is for. */
	attempts: number
}

/** The outcome of an attempt. `dead` messages are never tried again by themselves. */
export type Settlement =
	| { id: number; outcome: 'delivered' }
	| { id: number; outcome: 'retry'; delayMs: number; error: string }
	| { id: number; outcome: 'dead'; error: string }

/** Attempts to deliver messages, and returns a settlement for each. */
export type Deliver = (messages: ClaimedMessage[]) => Promise<Settlement[]>
