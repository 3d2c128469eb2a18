import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReservationRequest__Output } from '@mercat/catalog-api/messages/ReservationRequest'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readOutcome } from '../../src/catalog/reservation-messages.ts'
import type { Answer } from '../check-answer.ts'
import { failWith, goodReserveStock, goodResult, type HostileCatalog, startHostileCatalog } from '../hostile-catalog.ts'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const budgetMs = 2_000
const graceMs = 250

let catalog: HostileCatalog
let services: Services
beforeAll(async () => {
	catalog = await startHostileCatalog()
	services = await startServices('postgres', {
		env: { REQUEST_BUDGET_MS: String(budgetMs), CATALOG_ADDRESS: catalog.address },
	})
})
afterAll(async () => {
	await services[Symbol.asyncDispose]()
	await catalog[Symbol.asyncDispose]()
})
afterEach(async () => {
	catalog.reserveStock = goodReserveStock
	await eventually(async () => expect((await services.place(orderOf('A', 'B'))).status).toBe(201))
})

/**
 * Places an order of two skus. Checks that the answer comes within the budget, and that an order exists only after 201.
 */
async function placeInTime(): Promise<Answer> {
	const customer = newCustomer()
	const startedAt = performance.now()
	const answer = await services.place(orderOf('A', 'B'), { customer })
	expect(performance.now() - startedAt).toBeLessThan(budgetMs + graceMs)
	const { body } = await services.get('/v1/orders', { token: token(customer) })
	expect(body.orders).toHaveLength(answer.status === 201 ? 1 : 0)
	return answer
}

describe('a retry', () => {
	test.each<[string, number, string?]>([
		['UNAVAILABLE', 14],
		['UNAVAILABLE, because its database only reads', 14, 'DATABASE_UNAVAILABLE'],
		['CANCELLED', 1],
		['INTERNAL without a reason', 13],
		['DEADLINE_EXCEEDED', 4],
	])('an order is placed although the first answer of the catalog is %s', async (_what, code, reason) => {
		let first = true
		catalog.reserveStock = (request) => {
			const reply = first ? failWith(code, { reason }) : goodReserveStock(request)
			first = false
			return reply
		}
		expect(await placeInTime()).toMatchObject({ status: 201 })
	})
})

describe('the statuses of the catalog', () => {
	test.each([
		[1, 503, 'CATALOG_UNAVAILABLE'],
		[2, 502, 'CATALOG_ERROR'],
		[3, 502, 'CATALOG_ERROR'],
		[4, 504, 'CATALOG_TIMEOUT'],
		[5, 502, 'CATALOG_ERROR'],
		[6, 502, 'CATALOG_ERROR'],
		[7, 502, 'CATALOG_ERROR'],
		[8, 503, 'OVERLOADED'],
		[9, 502, 'CATALOG_ERROR'],
		[10, 502, 'CATALOG_ERROR'],
		[11, 502, 'CATALOG_ERROR'],
		[12, 502, 'CATALOG_ERROR'],
		[13, 503, 'CATALOG_UNAVAILABLE'],
		[14, 503, 'CATALOG_UNAVAILABLE'],
		[15, 502, 'CATALOG_ERROR'],
		[16, 502, 'CATALOG_ERROR'],
		[99, 502, 'CATALOG_ERROR'],
	])('status %i of the catalog becomes %i %s', async (code, status, problem) => {
		catalog.reserveStock = () => failWith(code)
		expect(await placeInTime()).toMatchObject({ status, body: { code: problem } })
	})

	test('INTERNAL with a reason is an error of the catalog itself and is not retried', async () => {
		catalog.reserveStock = () => failWith(13, { reason: 'INTERNAL' })
		const before = catalog.calls
		expect(await placeInTime()).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
		expect(catalog.calls - before).toBe(1)
	})

	test.each([
		[2_500, '3'],
		[0, '1'],
		[-5_000, '1'],
		[1e15, '60'],
	])('RESOURCE_EXHAUSTED with a delay of %i ms tells the client to wait %s s', async (retryDelayMs, retryAfter) => {
		catalog.reserveStock = () => failWith(8, { reason: 'OVERLOADED', retryDelayMs })
		const answer = await placeInTime()
		expect(answer).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } })
		expect(answer.headers.get('retry-after')).toBe(retryAfter)
	})

	test.each(['-1', 'soon', '99999999999999', '1e999'])('a pushback of %s ends the retries', async (pushback) => {
		catalog.reserveStock = () => failWith(14, { metadata: { 'grpc-retry-pushback-ms': pushback } })
		const before = catalog.calls
		expect(await placeInTime()).toMatchObject({ status: 503, body: { code: 'CATALOG_UNAVAILABLE' } })
		expect(catalog.calls - before).toBeLessThanOrEqual(2)
	})
})

describe('invalid answers of the catalog', () => {
	type Result = ReturnType<typeof goodResult>
	const changed = (change: (result: Result, request: ReservationRequest__Output) => unknown) => () => {
		catalog.reserveStock = ({ reservations }) => ({
			results: reservations.map((request) => {
				const result = goodResult(request)
				change(result, request)
				return result
			}),
		})
	}
	const priced = (amountMinor: unknown, currencyCode = 'EUR') =>
		changed(({ reservation }) => {
			for (const line of reservation.lines) line.unitPrice = { currencyCode, amountMinor: amountMinor as number }
			reservation.total = { currencyCode: 'EUR', amountMinor: (Number(amountMinor) * 2) as number }
		})
	const refused = (reason: string, orderId?: string) => () => {
		catalog.reserveStock = ({ reservations }) => ({
			results: reservations.map((asked) => ({ orderId: orderId ?? asked.orderId, refusal: { reason, lines: [] } })),
		})
	}

	test.each<[string, () => void]>([
		[
			'no results',
			() => {
				catalog.reserveStock = () => ({ results: [] })
			},
		],
		[
			'an empty message',
			() => {
				catalog.reserveStock = () => Buffer.alloc(0)
			},
		],
		[
			'a result without outcome',
			() => {
				catalog.reserveStock = ({ reservations: [asked] }) => ({ results: [{ orderId: asked?.orderId }] })
			},
		],
		['another order', changed((result) => Object.assign(result, { orderId: randomUUID() }))],
		['no order', changed((result) => Object.assign(result, { orderId: '' }))],
		['no lines', changed(({ reservation }) => reservation.lines.splice(0))],
		['one line too few', changed(({ reservation }) => reservation.lines.pop())],
		['one line too many', changed(({ reservation }) => reservation.lines.push(...reservation.lines.slice(0, 1)))],
		['another sku', changed(({ reservation }) => Object.assign(reservation.lines[0] ?? {}, { sku: 'C' }))],
		['another quantity', changed(({ reservation }) => Object.assign(reservation.lines[0] ?? {}, { quantity: 2 }))],
		['a quantity below 0', changed(({ reservation }) => Object.assign(reservation.lines[0] ?? {}, { quantity: -1 }))],
		['a title with NUL', changed(({ reservation }) => Object.assign(reservation.lines[0] ?? {}, { title: 'a\u0000' }))],
		['no price', changed(({ reservation }) => Object.assign(reservation.lines[0] ?? {}, { unitPrice: null }))],
		['a price below 0', priced(-1)],
		['a price of 2^53', priced('9007199254740992')],
		['a price of 2^63 - 1', priced('9223372036854775807')],
		['a price of -2^63', priced('-9223372036854775808')],
		['another currency than the total', priced(1299, 'USD')],
		['a wrong total', changed(({ reservation }) => Object.assign(reservation.total, { amountMinor: 1 }))],
		['no total', changed(({ reservation }) => Object.assign(reservation, { total: null }))],
		[
			'an invalid currency',
			changed(({ reservation }) => {
				for (const line of reservation.lines) line.unitPrice.currencyCode = 'euro'
				reservation.total.currencyCode = 'euro'
			}),
		],
		['an unknown refusal', refused('BECAUSE')],
		['an empty refusal', refused('')],
		['RESERVATION_EXISTS for a request that is not createOnly', refused('RESERVATION_EXISTS')],
		['a refusal of another order', refused('OUT_OF_STOCK', randomUUID())],
		['a release of another order', refused('RESERVATION_RELEASED', randomUUID())],
		['a release of an order that does not exist', refused('RESERVATION_RELEASED')],
	])('an answer with %s is CATALOG_ERROR', async (_what, prepare) => {
		prepare()
		expect(await placeInTime()).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
	})

	test('bytes that are no message are answered like a broken connection', async () => {
		catalog.reserveStock = () => Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x02])
		const { status, body } = await placeInTime()
		expect([status, body.code]).toBeOneOf([
			[502, 'CATALOG_ERROR'],
			[503, 'CATALOG_UNAVAILABLE'],
		])
	})

	test('an answer of 10 MB is refused before it is decoded', async () => {
		catalog.reserveStock = () => Buffer.alloc(10 * 1024 * 1024, 0x0a)
		expect(await placeInTime()).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } })
	})

	test.each([
		['many results', 0x0a],
		['bytes that are no message', 0xff],
	])('%s of 3,000 bytes are not decoded as the answer for two lines', async (_what, byte) => {
		catalog.reserveStock = () => Buffer.alloc(3_000, byte)
		expect(await placeInTime()).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
	})

	test('an answer with the longest titles is accepted', async () => {
		const title = '\u{1D518}'.repeat(200)
		catalog.reserveStock = ({ reservations }) => {
			const results = reservations.map(goodResult)
			for (const { reservation } of results) for (const line of reservation.lines) line.title = title
			return { results }
		}
		const { status, body } = await placeInTime()
		expect([status, body.items[1].title]).toEqual([201, title])
	})

	test('an answer with thousands of results is CATALOG_ERROR', async () => {
		catalog.reserveStock = () => Buffer.concat(Array(5_000).fill(Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00])))
		expect(await placeInTime()).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
	})
})

describe('invalid products of the catalog', () => {
	const product = {
		sku: 'A',
		title: 'A thing',
		price: { currencyCode: 'EUR', amountMinor: 1 as unknown as number },
		state: 'STATE_ACTIVE' as const,
		createTime: { seconds: 1 },
		updateTime: { seconds: 1 },
	}
	test.each([
		['that is missing', null],
		['without a price', { ...product, price: null }],
		['with a price below 0', { ...product, price: { currencyCode: 'EUR', amountMinor: -1 } }],
		[
			'with a price of 2^63 - 1',
			{ ...product, price: { currencyCode: 'EUR', amountMinor: '9223372036854775807' as unknown as number } },
		],
		['with an invalid currency', { ...product, price: { currencyCode: '€', amountMinor: 1 } }],
		['without times', { ...product, createTime: null }],
		['with a time beyond all dates', { ...product, createTime: { seconds: Number.MAX_SAFE_INTEGER } }],
		['in an unknown state', { ...product, state: 77 as unknown as 'STATE_ACTIVE' }],
	])('a product %s is CATALOG_ERROR', async (_what, found) => {
		catalog.getProduct = () => ({ product: found })
		expect(await services.get('/v1/products/A')).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
		catalog.getProduct = () => ({ product })
		expect(await services.get('/v1/products/A')).toMatchObject({ status: 200 })
	})
})

// This catalog has only the calls that placing and products need, and its server answers to others as that of an old one does.
describe('a catalog of an earlier version, which does not know a call', () => {
	const staff = token('staff', 'orders:manage catalog:write')
	const orderId = randomUUID()

	test.each([`/v1/orders/${orderId}/reservation`, '/v1/stock/A', '/v1/stock/A/movements'])(
		'is named by %s',
		async (path) => {
			expect(await services.get(path, { token: staff })).toMatchObject({
				status: 502,
				body: {
					code: 'CATALOG_ERROR',
					detail:
						'The catalog does not know this call: it is of an earlier version than the order service. Nothing was changed.',
				},
			})
		},
	)

	test('is named by an explanation, which is given without the reservation', async () => {
		expect(await services.get(`/v1/explain?order=${orderId}`, { token: staff })).toMatchObject({
			status: 200,
			body: {
				verdict: 'unknown',
				sentence: expect.stringContaining(
					'The catalog is of an earlier version, which cannot be asked for reservations, so',
				),
			},
		})
	})

	test('has no suggestions', async () => {
		expect(await services.get('/v1/suggestions?q=mug')).toMatchObject({ status: 200, body: { suggestions: [] } })
	})

	test('is not named when its answer has the status UNIMPLEMENTED for another reason', async () => {
		catalog.reserveStock = () => failWith(12)
		const { detail } = (await placeInTime()).body
		expect(detail).toBe('The answer of the catalog breaks its contract; the fault is not yours.')
	})
})

describe('while the catalog is always unavailable', () => {
	test('retries add at most a tenth of load, the breaker opens, and it closes when the catalog is back', async () => {
		catalog.reserveStock = () => failWith(14)
		for (let i = 0; i < 10; i++) expect((await placeInTime()).status).toBe(503)

		const before = catalog.calls
		const asked = 60
		const until = performance.now() + 1_500
		let requests = 0
		while (requests < asked || performance.now() < until) {
			requests++
			const answer = await services.place(orderOf('A'))
			expect(answer).toMatchObject({ status: 503, body: { code: 'CATALOG_UNAVAILABLE' } })
			await sleep(10)
		}
		const calls = catalog.calls - before
		expect(calls).toBeLessThanOrEqual(1.1 * requests)
		// An open breaker lets one call through in each second.
		expect(calls).toBeLessThan(requests / 2)
		expect(calls).toBeGreaterThan(0)

		catalog.reserveStock = goodReserveStock
		const backAt = performance.now()
		await eventually(async () => expect((await services.place(orderOf('A'))).status).toBe(201))
		expect(performance.now() - backAt).toBeLessThan(5_000)
		for (let i = 0; i < 5; i++) expect((await services.place(orderOf('A'))).status).toBe(201)
	})

	test('a new process makes few retries, from its first request on', async () => {
		await using fresh = await startServices('postgres', { env: { CATALOG_ADDRESS: catalog.address } })
		catalog.reserveStock = () => failWith(14)
		const before = catalog.calls
		const answers = await Promise.all(Array.from({ length: 100 }, () => fresh.place(orderOf('A'))))
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
		expect(catalog.calls - before).toBeLessThanOrEqual(110)
	})
})

test('RESERVATION_EXISTS is an outcome only for a createOnly request', () => {
	const request = { orderId: randomUUID(), holdMs: 1_000, items: [] }
	const refusal = { reason: 'RESERVATION_EXISTS', lines: [] }
	const result = { orderId: request.orderId, outcome: 'refusal' as const, refusal, reservation: null }
	expect(readOutcome(result, { ...request, createOnly: true })).toEqual({ outcome: 'exists' })
	expect(readOutcome(result, { ...request, createOnly: false })).toMatchObject({ code: 'CATALOG_ERROR' })
})
