import type { DescribedHeader } from '@mercat/rest-service/answer-headers'

const text = { type: 'string' }

/** The headers of answers about orders and what else the service makes. */
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
} as const satisfies Record<string, DescribedHeader>
