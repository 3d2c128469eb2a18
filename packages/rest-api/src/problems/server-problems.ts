import type { ProblemKind } from './problem-kind.ts'

/** Problems that are not the fault of the client. */
export const serverProblems = {
	INTERNAL: {
		status: 500,
		title: 'An unexpected error',
		meaning: 'The service failed. The error is in its log, under `traceId`.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
	OVERLOADED: {
		status: 503,
		title: 'Too many requests at once',
		meaning: 'More requests are under way than can be served in time.',
		remedy: 'Repeat the request with the same idempotency key after `Retry-After`: that is always safe.',
		retryAfterS: 1,
	},
	DATABASE_UNAVAILABLE: {
		status: 503,
		title: 'The database is not available',
		meaning:
			'The database gave no answer, or cannot be written. A change that was asked for may or may not have happened.',
		remedy: 'Repeat the request with the same idempotency key after `Retry-After`: that is always safe.',
		retryAfterS: 1,
	},
	REQUEST_TIMEOUT: {
		status: 504,
		title: 'The request took too long',
		meaning: 'The time for the request is over. A change that was asked for may or may not have happened.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
} as const satisfies Record<string, ProblemKind>
