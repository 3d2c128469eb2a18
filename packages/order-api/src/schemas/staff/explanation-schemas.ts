import { OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { OrderIdText } from '../order-id-text.ts'
import { OrderSchema } from '../order-schemas.ts'
import { CustomerIdText, TraceIdText } from './refusal-schemas.ts'

export const verdicts = [
	'placed',
	'replayed',
	'refused',
	'failed',
	'expired',
	'cancelled',
	'waitingForCatalog',
	'unsettled',
	'unknown',
] as const

export const evidenceSources = [
	'order',
	'history',
	'refusal',
	'replay',
	'reservation',
	'outbox',
	'event',
	'delivery',
	'log',
] as const

export type Verdict = (typeof verdicts)[number]
export type EvidenceSource = (typeof evidenceSources)[number]

export const ExplanationSchema = Type.Object(
	{
		verdict: OneOf(verdicts),
		sentence: Type.String({ description: 'What has happened, and what to do, for a person' }),
		orderId: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
			description: 'The order in question, also one that was never placed; null when no order is known',
		}),
		order: Type.Union([Type.Ref(OrderSchema), Type.Null()], { description: 'Null when there is no such order' }),
		evidence: Type.Array(
			Type.Object({
				at: Type.Union([Time('When it was'), Type.Null()]),
				source: OneOf(evidenceSources),
				text: Type.String(),
			}),
			{ description: 'All that is known, the oldest first' },
		),
	},
	{ $id: 'Explanation', description: 'What became of an order or a request' },
)

export const ExplainQuerySchema = Type.Object(
	{
		order: Type.Optional(OrderIdText('The id of the order')),
		key: Type.Optional(
			Type.String({ minLength: 1, maxLength: 600, description: 'The idempotency key, with `customerId`' }),
		),
		customerId: Type.Optional(CustomerIdText),
		trace: Type.Optional(TraceIdText),
	},
	strict,
)

export type Explanation = Static<typeof ExplanationSchema>
export type Evidence = Explanation['evidence'][number]
export type ExplainQuery = Static<typeof ExplainQuerySchema>
