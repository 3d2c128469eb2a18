import type { ProblemKind } from './problem-kind.ts'

/** Problems of placing, reading and changing orders. */
export const orderProblems = {
	ORDER_NOT_FOUND: {
		status: 404,
		title: 'No such order',
		meaning: 'There is no order with this id among those that you may see.',
		remedy: 'Check the id and whose token you use.',
	},
	PRICE_CHANGED: {
		status: 409,
		title: 'A price has changed',
		meaning: 'A product does not cost what the order expects; nothing was ordered. `items` has both prices.',
		remedy: 'Show the new price, and order again with it.',
	},
	OUT_OF_STOCK: {
		status: 409,
		title: 'Not enough stock',
		meaning: 'There is less of a product than the order asks for; nothing was ordered. `items` tells what there is.',
		remedy: 'Order what is available, or try later.',
	},
	ORDER_STATE_CONFLICT: {
		status: 409,
		title: 'The order is not in a state for this',
		meaning: 'The transition does not start from the state that the order is in.',
		remedy: 'Read the order and decide anew.',
	},
	PRECONDITION_FAILED: {
		status: 412,
		title: 'The order has changed',
		meaning: '`If-Match` names another version than the current one.',
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
		meaning: 'An order has one currency; `currencies` lists those of its products.',
		remedy: 'Place one order per currency.',
	},
	TOTAL_TOO_LARGE: {
		status: 422,
		title: 'The total is too large',
		meaning: 'The total passes 2^53 - 1 minor units, beyond which it could not be exact.',
		remedy: 'Split the order.',
	},
	IDEMPOTENCY_KEY_REUSED: {
		status: 422,
		title: 'The idempotency key was used for another order',
		meaning: 'The same customer sent this key before, with another body.',
		remedy: 'Make a new key for a new order, and repeat an order with the body it had.',
	},
	TOO_MANY_UNPAID_ORDERS: {
		status: 429,
		title: 'Too many unpaid orders',
		meaning: 'You have as many unpaid orders as one customer may have; they hold stock that others want.',
		remedy: 'Pay or cancel some, or wait for them to expire.',
		retryAfterS: 60,
	},
} as const satisfies Record<string, ProblemKind>
