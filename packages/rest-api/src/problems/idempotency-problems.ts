import type { ProblemKind } from './problem-kind.ts'

/** Problems of the key that makes a request safe to repeat. */
export const idempotencyProblems = {
	IDEMPOTENCY_KEY_REQUIRED: {
		status: 400,
		title: 'An idempotency key is required',
		meaning: 'The request needs an `Idempotency-Key` header, so that it can be repeated safely.',
		remedy:
			'Make a random key for each order or change, such as a UUID, and send the same key when you repeat the request.',
	},
	IDEMPOTENCY_KEY_INVALID: {
		status: 400,
		title: 'The idempotency key is not valid',
		meaning: 'A key is 1 to 255 visible ASCII characters without `"` and `,`, bare or quoted, in one header line.',
		remedy: 'Send one key of that form; a UUID is one.',
	},
	IDEMPOTENCY_KEY_REUSED: {
		status: 422,
		title: 'The idempotency key was used for another order',
		meaning: 'The same customer sent this key before, with another body.',
		remedy: 'Make a new key for a new order. Repeat an order with its first body.',
	},
} as const satisfies Record<string, ProblemKind>
