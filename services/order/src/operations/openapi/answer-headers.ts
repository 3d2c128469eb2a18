const text = { type: 'string' }
const seconds = { type: 'integer', minimum: 0 }

/** The headers of answers, as components of the document. */
export const answerHeaders = {
	Location: {
		description: 'The path of what was made',
		schema: text,
		example: '/v1/orders/02f0280c-88b7-5fbd-ab71-18fb945feacb',
	},
	ETag: {
		description:
			'The version of the order in quotes. `If-Match` with it changes the order only if it is still this version.',
		schema: text,
		example: '"1"',
	},
	'Idempotent-Replayed': {
		description: '`true` when an earlier request with this key placed the order, or made the change; absent otherwise',
		schema: { type: 'string', enum: ['true'] },
		example: 'true',
	},
	'Retry-After': { description: 'After how many seconds a repeated request may succeed', schema: seconds, example: 1 },
	'RateLimit-Policy': {
		description: 'How many requests (`q`) are allowed in how many seconds (`w`); absent where there is no limit',
		schema: text,
		example: '"default";q=1200;w=60',
	},
	RateLimit: {
		description: 'How many requests are left (`r`), and in how many seconds all are allowed again (`t`)',
		schema: text,
		example: '"default";r=1199;t=60',
	},
	'WWW-Authenticate': {
		description:
			'`Bearer` for a request without a token. For a refused token also `error="invalid_token"`, and an `error_description`, which tells whether the token has expired (RFC 6750).',
		schema: text,
		example: 'Bearer error="invalid_token", error_description="The token has expired"',
	},
} as const satisfies Record<string, object>

export type AnswerHeader = keyof typeof answerHeaders
