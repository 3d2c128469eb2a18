/** One entry of `errors`: where (a JSON pointer, RFC 6901), which rule, and words. */
export type FieldError = { pointer: string; code: string; detail: string }

type ProblemKind = { status: number; title: string; meaning: string; remedy: string; retryAfterS?: number }

/** Everything that a client can be told: the code is the API, the texts may change. */
export const problemTable = {
	INVALID_REQUEST: {
		status: 400,
		title: 'The request is not valid',
		meaning: 'The body, the query or a page token breaks a rule; `errors` names every place at fault, up to 500.',
		remedy: 'Correct the places that `errors` names and send the request again.',
	},
	IDEMPOTENCY_KEY_REQUIRED: {
		status: 400,
		title: 'An idempotency key is required',
		meaning: 'Placing an order needs an `Idempotency-Key` header, so that it can be repeated safely.',
		remedy: 'Make a random key for each order, such as a UUID, and send the same key when you repeat the request.',
	},
	IDEMPOTENCY_KEY_INVALID: {
		status: 400,
		title: 'The idempotency key is not valid',
		meaning: 'A key is 1 to 255 visible ASCII characters without `"` and `,`, bare or quoted, in one header line.',
		remedy: 'Send one key of that form; a UUID is one.',
	},
	UNAUTHENTICATED: {
		status: 401,
		title: 'A valid token is required',
		meaning: 'The request has no bearer token, or one that is not valid here and now.',
		remedy: 'Get a fresh token and send it as `Authorization: Bearer …`.',
	},
	FORBIDDEN: {
		status: 403,
		title: 'The token does not permit this',
		meaning: 'The token is valid and lacks the scope that `detail` names.',
		remedy: 'Get a token with that scope.',
	},
	ORDER_NOT_FOUND: {
		status: 404,
		title: 'No such order',
		meaning: 'There is no order with this id among those that you may see.',
		remedy: 'Check the id and whose token you use.',
	},
	PRODUCT_NOT_FOUND: {
		status: 404,
		title: 'No such product',
		meaning: 'The catalog has no product with this sku.',
		remedy: 'Find the product by searching `/v1/products`.',
	},
	NOT_FOUND: {
		status: 404,
		title: 'Nothing here',
		meaning: 'No route has this path.',
		remedy: 'See `/openapi.json` for the routes there are.',
	},
	METHOD_NOT_ALLOWED: {
		status: 405,
		title: 'The method is not allowed',
		meaning: 'The path exists, but not with this method; `Allow` names those that it has.',
		remedy: 'Use one of the methods in the `Allow` header.',
	},
	NOT_ACCEPTABLE: {
		status: 406,
		title: 'The answer would not be acceptable',
		meaning: 'The `Accept` header excludes `application/json`, which is what there is.',
		remedy: 'Accept `application/json`, or leave the header out.',
	},
	REQUEST_INCOMPLETE: {
		status: 408,
		title: 'The request did not arrive in time',
		meaning: 'Headers or body took too long; nothing was done.',
		remedy: 'Send the request again, without a pause.',
	},
	PAYLOAD_TOO_LARGE: {
		status: 413,
		title: 'The body is too large',
		meaning: 'A body may have 64 KB; nothing was done.',
		remedy: 'Send less, for example fewer items in an order.',
	},
	URI_TOO_LONG: {
		status: 414,
		title: 'The URI is too long',
		meaning: 'A URI may have 4,096 characters.',
		remedy: 'Shorten the query.',
	},
	UNSUPPORTED_MEDIA_TYPE: {
		status: 415,
		title: 'The body is not JSON',
		meaning: 'A body must be `application/json`, not compressed.',
		remedy: 'Send `Content-Type: application/json` and no `Content-Encoding`.',
	},
	HEADERS_TOO_LARGE: {
		status: 431,
		title: 'The headers are too large',
		meaning: 'All headers together may have 16 KB.',
		remedy: 'Send fewer or shorter headers.',
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
	RATE_LIMITED: {
		status: 429,
		title: 'Too many requests',
		meaning: 'More requests than `RateLimit-Policy` allows; nothing was done.',
		remedy: 'Wait for as long as `Retry-After` says.',
		retryAfterS: 1,
	},
	TOO_MANY_UNPAID_ORDERS: {
		status: 429,
		title: 'Too many unpaid orders',
		meaning: 'You have as many unpaid orders as one customer may have; they hold stock that others want.',
		remedy: 'Pay or cancel some, or wait for them to expire.',
		retryAfterS: 60,
	},
	INTERNAL: {
		status: 500,
		title: 'An unexpected error',
		meaning: 'Something went wrong here that should not have. It has been logged under `traceId`.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
	CATALOG_ERROR: {
		status: 502,
		title: 'The catalog answered nonsense',
		meaning: 'The catalog gave an answer that it never should; the fault is not yours.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
	CATALOG_UNAVAILABLE: {
		status: 503,
		title: 'The catalog cannot be reached',
		meaning: 'The catalog did not answer, though it was asked more than once. The order may or may not be under way.',
		remedy: 'Repeat the request with the same idempotency key after `Retry-After`: that is always safe.',
		retryAfterS: 1,
	},
	OVERLOADED: {
		status: 503,
		title: 'Too much at once',
		meaning: 'More requests are under way than can be served in time.',
		remedy: 'Repeat the request with the same idempotency key after `Retry-After`: that is always safe.',
		retryAfterS: 1,
	},
	SHUTTING_DOWN: {
		status: 503,
		title: 'This server is shutting down',
		meaning: 'Another one will take the request.',
		remedy: 'Repeat the request on a new connection.',
		retryAfterS: 1,
	},
	DATABASE_UNAVAILABLE: {
		status: 503,
		title: 'The database cannot be reached',
		meaning: 'The order may or may not have been placed.',
		remedy: 'Repeat the request with the same idempotency key after `Retry-After`: that is always safe.',
		retryAfterS: 1,
	},
	CATALOG_TIMEOUT: {
		status: 504,
		title: 'The catalog took too long',
		meaning: 'The time for the request is over. The order may or may not be under way.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
	REQUEST_TIMEOUT: {
		status: 504,
		title: 'The request took too long',
		meaning: 'The time for the request is over. The order may or may not have been placed.',
		remedy: 'Repeat the request with the same idempotency key: that is always safe.',
	},
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problemTable

/** Members of a problem beyond those that every problem has (RFC 9457, section 3.2). */
export type ProblemExtensions = Record<string, unknown>

/** An error that the client is told about, with its place in {@link problemTable}. */
export class Problem extends Error {
	override name = 'Problem'
	readonly code: ProblemCode
	readonly extensions: ProblemExtensions
	/** How long to wait before asking again, where it is not the table's. */
	readonly retryAfterS: number | undefined

	constructor(
		code: ProblemCode,
		extensions: ProblemExtensions = {},
		{ cause, detail, retryAfterS }: { cause?: unknown; detail?: string; retryAfterS?: number } = {},
	) {
		super(detail ?? problemTable[code].meaning, { cause })
		this.code = code
		this.extensions = extensions
		this.retryAfterS = retryAfterS ?? (problemTable[code] as ProblemKind).retryAfterS
	}
}

/** Whether an error is an answer, and not that somebody could not give one. */
export function isRefusal(error: unknown): boolean {
	return error instanceof Problem && problemTable[error.code].status < 500
}

/** The last part of a problem's type URI: `/problems/out-of-stock`. */
export function slugOf(code: ProblemCode): string {
	return code.toLowerCase().replaceAll('_', '-')
}
