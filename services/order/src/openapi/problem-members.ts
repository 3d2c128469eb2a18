import { orderStatuses } from '@mercat/order-api/order-status'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import { referenceTo } from '@mercat/rest-service/openapi-document'
import { listOf, objectOf, type ProblemMembers } from '@mercat/rest-service/problem-members'

const text = { type: 'string' }
const money = referenceTo('schemas', 'Money')
const status = { type: 'string', enum: orderStatuses }
const transition = { type: 'string', enum: ['pay', 'ship', 'deliver', 'cancel'] }

/** The members of the problems of orders that have some of their own. All of them are always there. */
export const problemMembers: Partial<Record<ProblemCode, ProblemMembers>> = {
	PRICE_CHANGED: {
		properties: { items: listOf({ sku: text, expected: money, actual: money }) },
		example: {
			items: [
				{
					sku: 'MUG-STONE-350',
					expected: { amountMinor: 1190, currency: 'EUR' },
					actual: { amountMinor: 1290, currency: 'EUR' },
				},
			],
		},
	},
	OUT_OF_STOCK: {
		properties: {
			items: listOf({
				sku: text,
				requested: { type: 'integer', description: 'The quantity that the order asks for' },
				available: { type: 'integer', description: 'The quantity that could be ordered' },
			}),
		},
		example: { items: [{ sku: 'MUG-STONE-350', requested: 5, available: 3 }] },
	},
	STOCK_HELD: {
		properties: {
			sku: text,
			held: { type: 'integer', description: 'The quantity that orders hold' },
		},
		example: { sku: 'MUG-STONE-350', held: 4 },
	},
	HOLD_CHANGED: {
		properties: {
			state: {
				...text,
				enum: ['open', 'approved', 'rejected', 'withdrawn', 'expired'],
				description: 'The state of the hold. An open one has another price.',
			},
		},
		example: { state: 'open' },
	},
	ORDER_STATE_CONFLICT: {
		properties: {
			state: { ...status, description: 'The state of the order' },
			transition: { ...transition, description: 'The transition that was asked for' },
		},
		example: { state: 'shipped', transition: 'cancel' },
	},
	UNKNOWN_PRODUCT: {
		properties: { skus: { type: 'array', items: text } },
		example: { skus: ['MUG-STONE-351'] },
	},
	MIXED_CURRENCIES: {
		properties: { currencies: { type: 'array', items: text, description: 'ISO 4217' } },
		example: { currencies: ['EUR', 'USD'] },
	},
	TOTAL_TOO_LARGE: {
		properties: {
			total: objectOf({
				amountMinor: { ...text, description: 'A text, because a number would not be exact' },
				currency: text,
			}),
		},
		example: { total: { amountMinor: '9007199254740992', currency: 'EUR' } },
	},
	POSITION_EXPIRED: {
		properties: { first: { ...text, description: 'The position of the first event that is left' } },
		example: { first: '120004' },
	},
}
