import { expect, test } from 'vitest'
import { decide } from '../../src/explaining/verdict.ts'
import type { RecordedMessage } from '../../src/record/order-record.ts'
import type { KeptRequest } from '../../src/refusals/kept-request.ts'
import { factsOf, heldReservation, keptRequest, minute, orderRecord } from './order-facts.ts'

const time = (number: number) => `29 November 2026 at 12:${String(number).padStart(2, '0')}:04 UTC`
const placed = `Placed on ${time(1)} for EUR 25.80`
const outOfStock = `Refused on ${time(1)}: OUT_OF_STOCK. The order asked for 3 of MUG-STONE-350 where 1 was available. Nothing was ordered. Order what is available, or try later.`
const traceId = 'a'.repeat(32)
const ofTrace = { question: { by: 'trace', traceId } } as const
const traceparent = `00-${traceId}-00f067aa0ba902b7-00`
const failure = keptRequest({
	status: 504,
	code: 'CATALOG_TIMEOUT',
	detail: 'The time for the request is over.',
	members: {},
})

const strangers = (operation: KeptRequest['operation']) =>
	keptRequest({ at: minute(6), operation, status: 401, code: 'UNAUTHENTICATED', customerId: null, members: {} })

const command = (fields: Partial<RecordedMessage>): RecordedMessage => ({
	id: 1,
	version: 2,
	createdAt: minute(2),
	type: 'commit',
	destination: 'catalog',
	state: 'pending',
	attempts: 3,
	nextAttemptAt: minute(11),
	settledAt: null,
	lastError: 'The catalog did not answer',
	...fields,
})

test.each([
	[
		'an order that waits for its payment',
		factsOf({ record: orderRecord(['placed']) }),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}.`,
	],
	[
		'an order that will expire in a moment',
		factsOf({ record: orderRecord(['placed']), now: minute(20) }),
		'placed',
		`${placed}. It was not paid before ${time(16)}, and it expires in a moment.`,
	],
	[
		'a paid order',
		factsOf({ record: orderRecord(['placed', 'paid'], { entry: { reference: 'payment-1' } }) }),
		'placed',
		`${placed}, paid on ${time(2)} (payment-1). It waits to be shipped.`,
	],
	[
		'a shipped order',
		factsOf({ record: orderRecord(['placed', 'paid', 'shipped'], { entry: { reference: 'parcel-12' } }) }),
		'placed',
		`${placed}, paid on ${time(2)}, shipped on ${time(3)} (parcel-12). It waits to be delivered.`,
	],
	[
		'a delivered order',
		factsOf({ record: orderRecord(['placed', 'paid', 'shipped', 'delivered']) }),
		'placed',
		`${placed}, paid on ${time(2)}, shipped on ${time(3)}, delivered on ${time(4)}. Nothing is to be done.`,
	],
	[
		'a paid order whose sale the catalog has not confirmed',
		factsOf({ record: orderRecord(['placed', 'paid'], { committed: false, messages: [command({})] }) }),
		'waitingForCatalog',
		`Waiting for the catalog: the order was paid on ${time(2)}, and the catalog has not confirmed the sale since then. It cannot be shipped before. There were 3 attempts, and the next is due on ${time(11)}. The last error was: The catalog did not answer.`,
	],
	[
		'a paid order whose command was given up',
		factsOf({
			record: orderRecord(['placed', 'paid'], {
				committed: false,
				messages: [command({ state: 'dead', lastError: null })],
			}),
		}),
		'waitingForCatalog',
		`Waiting for the catalog: the order was paid on ${time(2)}, and the catalog has not confirmed the sale since then. It cannot be shipped before. The service gave up after 3 attempts. Send the command again (redrive).`,
	],
	[
		'an order that was cancelled after its payment',
		factsOf({ record: orderRecord(['placed', 'paid', 'cancelled'], { entry: { why: 'stock is gone' } }) }),
		'cancelled',
		`Cancelled on ${time(3)} by staff. The reason: stock is gone. It was paid before, so the payment must be returned. ${placed}.`,
	],
	[
		'a cancelled order whose stock is not yet released',
		factsOf({
			record: orderRecord(['placed', 'cancelled'], {
				messages: [command({ type: 'release', attempts: 1, lastError: null })],
			}),
		}),
		'cancelled',
		`Cancelled on ${time(2)} by staff. ${placed}. The catalog has not yet released the stock. There was 1 attempt, and the next is due on ${time(11)}.`,
	],
	[
		'an expired order',
		factsOf({ record: orderRecord(['placed', 'expired']) }),
		'expired',
		`Expired: it was not paid before ${time(16)}. ${placed}. The customer can place a new order.`,
	],
	['an order that was refused', factsOf({ kept: [keptRequest()] }), 'refused', outOfStock],
	[
		'an order that was refused several times',
		factsOf({ kept: [keptRequest({ at: minute(0), code: 'PRICE_CHANGED' }), keptRequest()] }),
		'refused',
		`${outOfStock} There were 2 attempts.`,
	],
	[
		'a refusal before the order was placed after all',
		factsOf({ kept: [keptRequest({ at: minute(0) })], record: orderRecord(['placed']) }),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}.`,
	],
	[
		'a refusal that left an earlier hold behind',
		factsOf({ kept: [failure, keptRequest()], reservation: heldReservation }),
		'refused',
		`${outOfStock} There were 2 attempts. An earlier attempt holds stock in the catalog until ${time(17)}: 3 of MUG-STONE-350. No order exists, and the hold ends by itself.`,
	],
	[
		'a request that failed and has left a hold',
		factsOf({ kept: [failure], reservation: heldReservation }),
		'unsettled',
		`Not settled: the catalog has a reservation, and the order does not exist. It holds the stock until ${time(17)}. The answer to a request was lost, or a request is under way. Send the same request with the same key again: that settles it. Without it the hold ends by itself. Failed on ${time(1)}: CATALOG_TIMEOUT. The catalog took too long. The time for the request is over. Send the same request again, an order with the same key: that is safe.`,
	],
	[
		'a hold that has ended',
		factsOf({ reservation: { ...heldReservation, state: 'EXPIRED' } }),
		'unsettled',
		`Not settled: the catalog has a reservation, and the order does not exist. The hold ended on ${time(1)}, so no stock is held. The answer to a request was lost. Send the same request with the same key again: that settles it.`,
	],
	[
		'stock that was sold without an order',
		factsOf({ reservation: { ...heldReservation, state: 'COMMITTED' } }),
		'unsettled',
		`Not settled: the catalog has a reservation, and the order does not exist. It is COMMITTED since ${time(1)}, which only an order can have caused. An order is missing in the database: run the audit.`,
	],
	[
		'a request that failed while the catalog cannot be asked',
		factsOf({ kept: [failure], reservation: 'unanswered' }),
		'failed',
		`Failed on ${time(1)}: CATALOG_TIMEOUT. The catalog took too long. The time for the request is over. Send the same request again, an order with the same key: that is safe. The catalog did not answer, so it is not known whether it holds stock for the order.`,
	],
	[
		'a request that failed while the answers of the catalog are invalid',
		factsOf({ kept: [failure], reservation: 'invalid' }),
		'failed',
		`Failed on ${time(1)}: CATALOG_TIMEOUT. The catalog took too long. The time for the request is over. Send the same request again, an order with the same key: that is safe. The catalog gave an invalid answer, so it is not known whether it holds stock for the order.`,
	],
	[
		'a request that nobody knows while records are lost',
		factsOf({ notKept: 3, reservation: 'unanswered' }),
		'unknown',
		'Check the order id: there is no such order, and no record of a request to place it. Perhaps the request never arrived, or nobody could read it, or its client left before the answer. Perhaps it was answered only a second ago: then ask again. Perhaps it was refused more than a day ago: records of refusals are kept for a day. 3 records of the last day were not kept, because there were too many, and this request may be among them. The catalog did not answer, so it is not known whether it holds stock for the order.',
	],
	[
		'a key that nobody knows',
		factsOf({ question: { by: 'key', orderId: 'any', customerId: 'ada' } }),
		'unknown',
		'Check the key and the customer: there is no order of this key, and no record of a request to place it. Perhaps the request never arrived, or nobody could read it, or its client left before the answer. Perhaps it was answered only a second ago: then ask again. Perhaps it was refused more than a day ago: records of refusals are kept for a day. No record of the last day was dropped. The order can be sent again with the same key: that is safe.',
	],
	[
		'a trace that nobody knows',
		factsOf({ ...ofTrace, orderId: undefined, search: { since: minute(0), isWhole: false } }),
		'unknown',
		`Check the trace id: no request with it is known. Perhaps the request never arrived, or nobody could read it, or its client left before the answer. Perhaps it was answered only a second ago: then ask again. Perhaps it was refused more than a day ago: records of refusals are kept for a day. No record of the last day was dropped. The changes of orders since ${time(0)} were searched; earlier ones were not.`,
	],
	[
		'a refused order that somebody without a token wished to cancel',
		factsOf({ kept: [keptRequest(), strangers('cancel')] }),
		'refused',
		outOfStock,
	],
	[
		'an order that was refused very often',
		factsOf({ kept: Array.from({ length: 50 }, () => keptRequest()), hasMoreKept: true }),
		'refused',
		`${outOfStock} There were at least 50 attempts.`,
	],
	[
		'a placed order that somebody without a token wished to cancel after its shipment was refused',
		factsOf({
			kept: [keptRequest({ at: minute(5), operation: 'ship', code: 'PRECONDITION_FAILED' }), strangers('cancel')],
			record: orderRecord(['placed']),
		}),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}. A later request changed nothing. The request to ship the order was refused on ${time(5)}: PRECONDITION_FAILED. The request was for an earlier version of the order (If-Match). The order did not change. Look at the order as it is now and decide anew.`,
	],
	[
		'a key that was used again while only a hold exists',
		factsOf({
			kept: [keptRequest({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED', members: {} })],
			reservation: heldReservation,
		}),
		'refused',
		`Refused on ${time(1)}: IDEMPOTENCY_KEY_REUSED. The request looked like a copy of an earlier order of the customer, but it asked for something else. Nothing new was ordered. The customer can order again. The program that sent it must make a new idempotency key for each order. An earlier attempt with other items holds stock in the catalog until ${time(17)}: 3 of MUG-STONE-350. No order exists, and the hold ends by itself.`,
	],
	[
		'a request that failed without a trace in the catalog',
		factsOf({ kept: [failure] }),
		'failed',
		`Failed on ${time(1)}: CATALOG_TIMEOUT. The catalog took too long. The time for the request is over. Send the same request again, an order with the same key: that is safe.`,
	],
	[
		'a trace of several orders, by the requests about the first one',
		factsOf({
			...ofTrace,
			kept: [
				keptRequest(),
				keptRequest({ at: minute(2), orderId: 'order-2', code: 'PRICE_CHANGED' }),
				keptRequest({ at: minute(9), orderId: 'order-2', code: 'PRICE_CHANGED' }),
			],
			otherOrderIds: ['order-2'],
		}),
		'refused',
		outOfStock,
	],
	[
		'a placed order of a trace that was refused another one later',
		factsOf({
			...ofTrace,
			kept: [keptRequest({ at: minute(9), orderId: 'order-2' })],
			record: orderRecord(['placed'], { entry: { traceparent } }),
			otherOrderIds: ['order-2'],
		}),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}.`,
	],
	['a trace of a refusal', factsOf({ ...ofTrace, kept: [keptRequest()] }), 'refused', outOfStock],
	[
		'a trace of a refusal whose order was placed by another request',
		factsOf({ ...ofTrace, kept: [keptRequest()], record: orderRecord(['placed']) }),
		'refused',
		`${outOfStock} The order is from another request. ${placed}. It waits to be paid until ${time(16)}.`,
	],
	[
		'a trace of another order with the key of one that has expired since',
		factsOf({
			...ofTrace,
			kept: [keptRequest({ code: 'IDEMPOTENCY_KEY_REUSED' })],
			record: orderRecord(['placed', 'expired']),
		}),
		'refused',
		`Refused on ${time(1)}: IDEMPOTENCY_KEY_REUSED. The request looked like a copy of an earlier order of the customer, but it asked for something else. Nothing new was ordered. The customer can order again. The program that sent it must make a new idempotency key for each order. The order is from another request. Expired: it was not paid before ${time(16)}. ${placed}. The customer can place a new order.`,
	],
	[
		'a trace of a copy',
		factsOf({
			...ofTrace,
			kept: [keptRequest({ at: minute(5), status: 201, code: null })],
			record: orderRecord(['placed']),
		}),
		'replayed',
		`Answered on ${time(5)} as an earlier copy of the request: it changed nothing, and the answer was the order that exists. ${placed}. It waits to be paid until ${time(16)}.`,
	],
	[
		'a trace that has placed the order and was then answered as a copy',
		factsOf({
			...ofTrace,
			kept: [keptRequest({ at: minute(5), status: 201, code: null })],
			record: orderRecord(['placed'], { entry: { traceparent } }),
		}),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}.`,
	],
	[
		'an order whose shipment was refused later',
		factsOf({
			kept: [
				keptRequest({ at: minute(5), operation: 'ship', code: 'ORDER_STATE_CONFLICT', members: { state: 'placed' } }),
			],
			record: orderRecord(['placed']),
		}),
		'placed',
		`${placed}. It waits to be paid until ${time(16)}. A later request to ship it was refused on ${time(5)}.`,
	],
])('%s is explained', (_title, facts, verdict, sentence) => {
	expect(decide(facts)).toEqual({ verdict, sentence })
})

test('an absent order names the requests that are kept without their order', () => {
	const text = (orderless: number) => decide(factsOf({ orderless })).sentence
	expect(text(1)).toContain(' 1 request to place an order of the last day had no valid token or key, ')
	expect(text(1_000)).toContain(' At least 1000 requests to place an order of the last day had no valid token or key, ')
	expect(text(0)).not.toContain('token')
})

test.each([
	[-1_000, 'ship', 'ORDER_STATE_CONFLICT', 'Another request'],
	[1_000, 'cancel', 'ORDER_STATE_CONFLICT', 'Another request'],
	[3_000, 'ship', 'ORDER_STATE_CONFLICT', 'A later request'],
	[1_000, 'place', 'IDEMPOTENCY_KEY_REUSED', 'Another request'],
	[1_000, 'place', 'OUT_OF_STOCK', undefined],
	[-3_000, 'ship', 'ORDER_STATE_CONFLICT', undefined],
] as const)('a refusal %d ms after the change (%s, %s) is told as "%s"', (ms, operation, code, expected) => {
	const at = new Date(Date.parse(minute(1)) + ms).toISOString()
	const { sentence } = decide(
		factsOf({ kept: [keptRequest({ at, operation, code, members: {} })], record: orderRecord(['placed']) }),
	)
	if (expected === undefined) expect(sentence).not.toMatch(/Another|A later/)
	else expect(sentence).toContain(expected)
})
