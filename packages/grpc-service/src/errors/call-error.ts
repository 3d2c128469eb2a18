import type { status } from '@grpc/grpc-js'
import type { ErrorDetails } from '@mercat/catalog-api/errors'

/** What callers can be told for one reason: the status, and the text, which may change. */
export type CallErrorKind = { status: keyof typeof status; text: string }

export type CallErrorOptions = Omit<ErrorDetails, 'reason'> & {
	cause?: unknown
	/** Takes the place of the reason's usual text. */
	text?: string | undefined
}

/** An error that callers are told about, with its reason and its details. */
export class CallError extends Error {
	override name = 'CallError'
	readonly reason: string
	readonly status: CallErrorKind['status']
	readonly details: Omit<ErrorDetails, 'reason'>

	constructor(reason: string, kind: CallErrorKind, { cause, text, ...details }: CallErrorOptions = {}) {
		super(text ?? kind.text, { cause })
		this.reason = reason
		this.status = kind.status
		this.details = details
	}
}
