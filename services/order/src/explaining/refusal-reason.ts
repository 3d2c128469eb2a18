import type { RefusalMembers } from '@mercat/order-api/refusal-schemas'
import { type ProblemCode, problemTable } from '@mercat/rest-api/problem-table'
import type { KeptRequest } from '../refusals/kept-request.ts'
import { listText, moneyText, sentence } from './phrases.ts'

/** What has happened and what to do, for a person who is not the client. */
type Reason = { what: string; todo: string }

const sameAgain = 'Send the same request again, an order with the same key: that is safe.'
const nothingOrdered = 'Nothing was ordered.'
const tokenSource = 'The program that sent it needs a valid token from its issuer.'

type ReasonOf = (record: KeptRequest & { detail: string }) => Reason

// A code that is not here has the texts of the table of problems.
const reasons: Partial<Record<ProblemCode, ReasonOf>> = {
	INVALID_REQUEST: ({ members }) => ({
		what: naming(members.errors, placesText),
		todo: 'The program that sent it must be corrected.',
	}),
	IDEMPOTENCY_KEY_REQUIRED: () => ({
		what: 'The request had no `Idempotency-Key` header, which every order needs.',
		todo: 'The program that sent it must make a key for each order.',
	}),
	UNAUTHENTICATED: ({ detail }) => ({ what: plain(detail), todo: tokenSource }),
	FORBIDDEN: ({ detail }) => ({ what: plain(detail), todo: 'The program that sent it needs a token with that scope.' }),
	ORDER_NOT_FOUND: () => ({
		what: 'There is no order with this id, or it belongs to another customer than the token of the request.',
		todo: 'Check the id and the customer.',
	}),
	RATE_LIMITED: () => ({
		what: 'The sender had sent more requests in a minute than the service permits. Nothing was done.',
		todo: 'The same request succeeds later.',
	}),
	PRICE_CHANGED: ({ members }) => ({
		what: naming(members.items, (items) => `${listText(items.map(priceText))}. ${nothingOrdered}`),
		todo: 'Order again at the new price.',
	}),
	OUT_OF_STOCK: ({ members }) => ({
		what: naming(members.items, (items) => `The order asked for ${listText(items.map(stockText))}. ${nothingOrdered}`),
		todo: 'Order what is available, or try later.',
	}),
	UNKNOWN_PRODUCT: ({ members }) => ({
		what: naming(
			members.skus,
			(skus) =>
				`The catalog did not sell ${listText(skus)}: it has no such product, or it is archived. ${nothingOrdered}`,
		),
		todo: 'Order without it, or add the product to the catalog.',
	}),
	MIXED_CURRENCIES: ({ members }) => ({
		what: naming(
			members.currencies,
			(currencies) =>
				`The products have prices in ${listText(currencies)}, and an order has one currency. ${nothingOrdered}`,
		),
		todo: 'Place one order for each currency.',
	}),
	ORDER_STATE_CONFLICT: ({ members, operation }) => ({
		what: `The order was ${members.state ?? 'in another state'}, and then it is not possible to ${operation} it in this way. The order did not change.`,
		todo: 'Look at the order as it is now and decide anew.',
	}),
	PRECONDITION_FAILED: () => ({
		what: 'The request was for an earlier version of the order (`If-Match`). The order did not change.',
		todo: 'Look at the order as it is now and decide anew.',
	}),
	IDEMPOTENCY_KEY_REUSED: () => ({
		what: 'The request looked like a copy of an earlier order of the customer, but it asked for something else. Nothing new was ordered.',
		todo: 'The customer can order again. The program that sent it must make a new idempotency key for each order.',
	}),
	TOO_MANY_UNPAID_ORDERS: () => ({
		what: `The customer had as many unpaid orders as one customer may have. ${nothingOrdered}`,
		todo: 'Pay or cancel some of them, or wait until they expire.',
	}),
	OVERLOADED: () => ({ what: 'More requests were under way than the service could answer in time.', todo: sameAgain }),
	INTERNAL: ({ traceId }) => ({
		what: `The service failed. Its log has the error under the trace id ${traceId}.`,
		todo: sameAgain,
	}),
	CATALOG_ERROR: ({ traceId }) => ({
		what: `The catalog gave an answer that breaks its contract. The log has it under the trace id ${traceId}.`,
		todo: sameAgain,
	}),
	CATALOG_UNAVAILABLE: ({ detail }) => ({ what: plain(detail), todo: sameAgain }),
	CATALOG_TIMEOUT: ({ detail }) => ({ what: `The catalog took too long. ${plain(detail)}`, todo: sameAgain }),
	DATABASE_UNAVAILABLE: ({ detail }) => ({ what: plain(detail), todo: sameAgain }),
	REQUEST_TIMEOUT: ({ detail }) => ({ what: plain(detail), todo: sameAgain }),
}

/** Why a request was refused, and what to do. Both are sentences. */
export function reasonOf(record: KeptRequest): Reason {
	if (record.code === null)
		return { what: 'An earlier copy of the request had placed the order.', todo: 'Nothing is to be done.' }
	const { meaning, remedy } = problemTable[record.code]
	const detail = record.detail ?? meaning
	const { what, todo } = reasons[record.code]?.({ ...record, detail }) ?? { what: meaning, todo: remedy }
	return { what: sentence(capital(plain(what || meaning))), todo: sentence(plain(todo)) }
}

/** A text about each thing at fault. Empty when the record names none. */
function naming<T>(things: T[] | undefined, text: (things: T[]) => string): string {
	return things === undefined || things.length === 0 ? '' : text(things)
}

type Item = NonNullable<RefusalMembers['items']>[number]

function priceText({ sku, expected, actual }: Item): string {
	const [hoped, real] = [expected, actual].map((price) => (price === undefined ? 'another price' : moneyText(price)))
	return `the order expected ${hoped} for ${sku}, and its price was ${real}`
}

function stockText({ sku, requested, available }: Item): string {
	return `${requested} of ${sku} where ${available} ${available === 1 ? 'was' : 'were'} available`
}

function placesText(errors: NonNullable<RefusalMembers['errors']>): string {
	const places = errors.slice(0, 3).map(({ pointer, detail }) => `${pointer} ${detail.replace(/\.$/, '')}`)
	const more = errors.length > places.length ? `, and ${errors.length - places.length} more` : ''
	return `The request broke a rule: ${places.join('; ')}${more}`
}

// The texts of problems mark code with backticks.
function plain(text: string): string {
	return text.replaceAll('`', '')
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1)
}
