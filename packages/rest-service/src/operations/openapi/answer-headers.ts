const text = { type: 'string' }
const seconds = { type: 'integer', minimum: 0 }

/** A header of answers, as the document describes it. */
export type DescribedHeader = { description: string; schema: object; example: unknown }

/** The headers of the answers of every service, as components of the document. */
export const commonHeaders = {
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
} as const satisfies Record<string, DescribedHeader>
