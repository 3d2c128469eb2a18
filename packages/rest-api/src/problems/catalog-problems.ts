import type { ProblemKind } from './problem-kind.ts'

/** Problems of asking the catalog. */
export const catalogProblems = {
	CATALOG_ERROR: {
		status: 502,
		title: 'The catalog gave an invalid answer',
		meaning: 'The answer of the catalog breaks its contract; the fault is not yours.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
	CATALOG_UNAVAILABLE: {
		status: 503,
		title: 'The catalog is not available',
		meaning:
			'The catalog gave no answer, answered that it cannot serve, or was not asked because it could not serve other requests a moment ago. `detail` says which.',
		remedy: 'Repeat the request after `Retry-After`, an order with the same idempotency key: that is always safe.',
		retryAfterS: 1,
	},
	CATALOG_TIMEOUT: {
		status: 504,
		title: 'The catalog took too long',
		meaning: 'The time for the request is over. A change that was asked for may or may not have happened.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
} as const satisfies Record<string, ProblemKind>
