import type { ProblemKind } from './problem-kind.ts'

/** Problems of placing, reading and changing orders. */
export const orderProblems = {
	ORDER_NOT_FOUND: {
		status: 404,
		title: 'No such order',
		meaning: 'No order that you may see has this id.',
		remedy: 'Check the id and the customer of your token.',
	},
	PRICE_CHANGED: {
		status: 409,
		title: 'A price has changed',
		meaning: 'A product has another price than the order expects; nothing was ordered. `items` has both prices.',
		remedy: 'Show the new price, and order again with it.',
	},
	OUT_OF_STOCK: {
		status: 409,
		title: 'Not enough stock',
		meaning: 'A product has less stock than the order asks for; nothing was ordered. `items` has both quantities.',
		remedy: 'Order the available quantity, or try later.',
	},
	ORDER_STATE_CONFLICT: {
		status: 409,
		title: 'The state of the order does not allow this',
		meaning: 'The transition does not start from the state of the order.',
		remedy: 'Read the order and decide anew.',
	},
	PRECONDITION_FAILED: {
		status: 412,
		title: 'The order has changed',
		meaning: '`If-Match` names another version than the current version.',
		remedy: 'Read the order and decide anew.',
	},
	UNKNOWN_PRODUCT: {
		status: 422,
		title: 'A product cannot be ordered',
		meaning: 'The catalog does not have, or no longer sells, the products in `skus`; nothing was ordered.',
		remedy: 'Order without them.',
	},
	MIXED_CURRENCIES: {
		status: 422,
		title: 'The products have different currencies',
		meaning: 'An order has one currency; `currencies` lists the currencies of its products.',
		remedy: 'Place one order per currency.',
	},
	TOTAL_TOO_LARGE: {
		status: 422,
		title: 'The total is too large',
		meaning: 'The total is above 2^53 - 1 minor units. A larger amount would not be exact.',
		remedy: 'Split the order.',
	},
	TOO_MANY_UNPAID_ORDERS: {
		status: 429,
		title: 'Too many unpaid orders',
		meaning: 'You have as many unpaid orders as one customer may have. Unpaid orders hold stock.',
		remedy: 'Pay or cancel some, or wait for them to expire.',
		retryAfterS: 60,
	},
} as const satisfies Record<string, ProblemKind>
