import type { ProblemKind } from './problem-kind.ts'

/** Problems of a request to any route: its form, its size, its token, its path. */
export const requestProblems = {
	INVALID_REQUEST: {
		status: 400,
		title: 'The request is not valid',
		meaning: 'The body, the query or a page token breaks a rule; `errors` names every place at fault, up to 500.',
		remedy: 'Correct the places that `errors` names and send the request again.',
	},
	UNAUTHENTICATED: {
		status: 401,
		title: 'A valid token is required',
		meaning: 'The request has no bearer token, or the token is not valid or has expired. `detail` says which.',
		remedy:
			'Get a fresh token of at most 12 KB from its issuer and send it as `Authorization: Bearer …`. `mercat start` prints one, and so does `npx --yes pnpm@12 mercat token --sub alice`.',
	},
	FORBIDDEN: {
		status: 403,
		title: 'The token does not permit this',
		meaning: 'The token is valid and lacks the scope that `detail` names.',
		remedy: 'Get a token with that scope.',
	},
	PRODUCT_NOT_FOUND: {
		status: 404,
		title: 'No such product',
		meaning: 'The catalog has no product with this sku.',
		remedy: 'Find the product by searching `/v1/products`.',
	},
	NOT_FOUND: {
		status: 404,
		title: 'No such path',
		meaning: 'No route has this path.',
		remedy: 'See `/openapi.json` for all routes.',
	},
	METHOD_NOT_ALLOWED: {
		status: 405,
		title: 'The method is not allowed',
		meaning: 'The path does not have this method; `Allow` lists its methods.',
		remedy: 'Use one of the methods in the `Allow` header.',
	},
	NOT_ACCEPTABLE: {
		status: 406,
		title: 'The client does not accept JSON',
		meaning: 'The `Accept` header excludes `application/json`, and every answer is JSON.',
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
		meaning: 'A URI may have 4,096 characters, and that of a search or of suggestions 22,528.',
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
		meaning: 'All headers together may have 24 KB.',
		remedy: 'Send fewer or shorter headers.',
	},
	RATE_LIMITED: {
		status: 429,
		title: 'Too many requests',
		meaning: 'You sent more requests than `RateLimit-Policy` allows; nothing was done.',
		remedy: 'Wait for the time in `Retry-After`.',
		retryAfterS: 1,
	},
} as const satisfies Record<string, ProblemKind>
