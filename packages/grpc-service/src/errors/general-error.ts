import { CallError, type CallErrorKind, type CallErrorOptions } from './call-error.ts'

/** What callers of every service can be told, by reason. The reason is the API. */
export const generalErrors = {
	INVALID_REQUEST: { status: 'INVALID_ARGUMENT', text: 'the request is not valid' },
	PAGE_TOKEN_INVALID: { status: 'INVALID_ARGUMENT', text: 'the page token does not belong to this query' },
	UNAUTHENTICATED: { status: 'UNAUTHENTICATED', text: 'a valid token is required' },
	SCOPE_MISSING: { status: 'PERMISSION_DENIED', text: 'the token lacks a scope' },
	OVERLOADED: { status: 'RESOURCE_EXHAUSTED', text: 'too many requests are under way' },
	SHUTTING_DOWN: { status: 'UNAVAILABLE', text: 'the service is shutting down' },
	DATABASE_UNAVAILABLE: { status: 'UNAVAILABLE', text: 'the database does not answer' },
	INTERNAL: { status: 'INTERNAL', text: 'an unexpected error; it has been logged' },
} as const satisfies Record<string, CallErrorKind>

export type GeneralReason = keyof typeof generalErrors

/** An error for a reason that every service has. */
export class GeneralError extends CallError {
	override name = 'GeneralError'

	constructor(reason: GeneralReason, options?: CallErrorOptions) {
		super(reason, generalErrors[reason], options)
	}
}

/** The error for a token with none of the scopes that permit the method. Text and metadata name the scopes. */
export function scopeMissing(scopes: readonly string[]): GeneralError {
	return new GeneralError('SCOPE_MISSING', {
		text: `the token lacks the scope ${scopes.join(' or ')}`,
		metadata: { scope: scopes.join(',') },
	})
}
