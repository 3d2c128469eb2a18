import type { Command } from '../order/order-states.ts'

/** The error of a message that an operator has dropped. Its row says `delivered`, so that it is deleted with those. */
export const droppedError = 'dropped by an operator'

/** The state of a message as people see it. */
export type MessageState = 'pending' | 'delivered' | 'dropped' | 'dead'

/** A command to the catalog that is not delivered. */
export type OpenCommand = {
	id: number
	orderId: string
	version: number
	type: Command
	state: 'pending' | 'dead'
	attempts: number
	createdAt: Date
	nextAttemptAt: Date
	lastError: string | null
}

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

/** The claim that an attempt belongs to. A change by an operator in the meantime makes it void. */
export type Claim = { destination: string; messages: Pick<ClaimedMessage, 'id' | 'attempts'>[] }

/** Attempts to deliver messages, and returns a settlement for each. */
export type Deliver = (messages: ClaimedMessage[]) => Promise<Settlement[]>
