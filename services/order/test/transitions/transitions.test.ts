import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../check-answer.ts'
import { expectInvalid } from '../expect-invalid.ts'
import { newCustomer, orderOf, type RequestOptions, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

type Status = 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired'
type Action = 'pay' | 'ship' | 'deliver' | 'cancel'

const staff = token('staff', 'orders:read orders:write orders:manage')

/** The actions that bring an order into a status. */
const ways: Record<Status, Action[]> = {
	placed: [],
	paid: ['pay'],
	shipped: ['pay', 'ship'],
	delivered: ['pay', 'ship', 'deliver'],
	cancelled: ['cancel'],
	expired: [],
}

/** The status after an action, or `conflict` when the action is not allowed in a status. */
const outcomes: Record<Status, Record<Action, Status | 'conflict'>> = {
	placed: { pay: 'paid', ship: 'conflict', deliver: 'conflict', cancel: 'cancelled' },
	paid: { pay: 'conflict', ship: 'shipped', deliver: 'conflict', cancel: 'cancelled' },
	shipped: { pay: 'conflict', ship: 'conflict', deliver: 'delivered', cancel: 'conflict' },
	delivered: { pay: 'conflict', ship: 'conflict', deliver: 'conflict', cancel: 'conflict' },
	cancelled: { pay: 'conflict', ship: 'conflict', deliver: 'conflict', cancel: 'cancelled' },
	expired: { pay: 'conflict', ship: 'conflict', deliver: 'conflict', cancel: 'conflict' },
}

const pairs = Object.entries(outcomes).flatMap(([status, actions]) =>
	Object.entries(actions).map(
		([action, outcome]) => [status, action, outcome] as [Status, Action, Status | 'conflict'],
	),
)

describe.each(engines)('transitions on %s', (engine) => {
	let services: Services
	let hasty: Services
	beforeAll(async () => {
		services = await startServices(engine)
		hasty = await startServices(engine, { env: { PAYMENT_WINDOW_S: '1' } })
	})
	afterAll(async () => {
		await services[Symbol.asyncDispose]()
		await hasty[Symbol.asyncDispose]()
	})

	/** Sends a transition as staff, with a new reference unless a body is given. */
	function act(id: string, action: Action, { body, ...options }: RequestOptions = {}): Promise<Answer> {
		const reference = { reference: `${action} ${randomUUID()}` }
		return services.request('POST', `/v1/orders/${id}/${action}`, {
			token: staff,
			body: body ?? (action === 'cancel' ? undefined : reference),
			...options,
		})
	}

	async function placed(onHand = 5) {
		const customer = newCustomer()
		const sku = await services.catalog.createProduct({ onHand })
		const { body } = await services.place({ items: [{ sku, quantity: 2 }] }, { customer })
		return { id: body.id as string, sku, customer, path: `/v1/orders/${body.id}` }
	}

	/** A new order in `status`. The reference of each transition is its action. */
	async function orderIn(status: Status) {
		const order = await placed()
		for (const action of ways[status]) {
			const body = action === 'cancel' ? {} : { reference: action }
			expect(await act(order.id, action, { body })).toMatchObject({ status: 200 })
		}
		return order
	}

	async function historyOf(path: string) {
		const { status, body } = await services.get(`${path}/history`, { token: staff })
		expect(status).toBe(200)
		return body.history
	}

	/** Waits until the relay has told the catalog. */
	async function expectStock(sku: string, levels: { onHand: number; held: number }, where = services): Promise<void> {
		await eventually(async () => expect(await where.catalog.stockOf(sku)).toMatchObject(levels))
	}

	async function expireOne() {
		const customer = newCustomer()
		const sku = await hasty.catalog.createProduct({ onHand: 5 })
		const { body: order } = await hasty.place(orderOf(sku), { customer })
		const path = `/v1/orders/${order.id}`
		const expired = await eventually(async () => {
			const { body } = await hasty.get(path, { token: token(customer) })
			expect(body.status).toBe('expired')
			return body
		})
		return { order, expired, path, sku }
	}

	test.each(pairs.filter(([status]) => status !== 'expired'))(
		'an order that is %s gets the action %s and the outcome %s',
		async (status, action, outcome) => {
			const { id, path } = await orderIn(status)
			const before = await services.get(path, { token: staff })
			const { status: code, headers, body } = await act(id, action)
			const after = await services.get(path, { token: staff })
			if (outcome === 'conflict') {
				expect([code, body.code, body.state, body.transition]).toEqual([409, 'ORDER_STATE_CONFLICT', status, action])
				expect(after.body).toEqual(before.body)
			} else {
				expect([code, body.status]).toEqual([200, outcome])
				expect(headers.get('etag')).toBe(`"${body.version}"`)
				expect(body.version).toBe(before.body.version + (status === outcome ? 0 : 1))
				expect(after.body).toEqual(body)
			}
		},
	)

	test('every action on an expired order is a conflict', async () => {
		const { path } = await expireOne()
		for (const action of ['pay', 'ship', 'deliver', 'cancel']) {
			const { status, body } = await hasty.request('POST', `${path}/${action}`, {
				token: staff,
				body: action === 'cancel' ? {} : { reference: 'late' },
			})
			expect([status, body.code, body.state, body.transition]).toEqual([409, 'ORDER_STATE_CONFLICT', 'expired', action])
		}
	})

	test('the history of an order has every transition with its time, caller and reference', async () => {
		const { id, path, customer } = await placed()
		for (const action of ['pay', 'ship', 'deliver'] as const)
			await act(id, action, { body: { reference: `#${action}` } })
		const history = await historyOf(path)
		const when = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
		expect(history).toEqual([
			{ from: null, to: 'placed', when, who: customer },
			{ from: 'placed', to: 'paid', when, who: 'staff', reference: '#pay' },
			{ from: 'paid', to: 'shipped', when, who: 'staff', reference: '#ship' },
			{ from: 'shipped', to: 'delivered', when, who: 'staff', reference: '#deliver' },
		])
		const times = history.map((entry: { when: string }) => entry.when)
		expect(times).toEqual(times.toSorted())
		const { body } = await services.get(path, { token: token(customer) })
		expect(body).toMatchObject({ status: 'delivered', version: 4, updatedAt: times.at(-1) })
	})

	test('the history of an order has the reason that its customer gives for a cancellation', async () => {
		const { id, path, customer } = await placed()
		const answer = await act(id, 'cancel', { token: token(customer), body: { reason: 'Wrong size 👟' } })
		expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled', version: 2 } })
		const history = (await services.get(`${path}/history`, { token: token(customer) })).body.history
		expect(history.at(-1)).toMatchObject({ from: 'placed', to: 'cancelled', who: customer, why: 'Wrong size 👟' })
	})

	test('a reason or a reference of spaces alone is refused, and an empty reason is none', async () => {
		const { id, customer } = await placed()
		const own = token(customer)
		await expectInvalid(act(id, 'cancel', { token: own, body: { reason: '  ' } }), '#/reason')
		await expectInvalid(act(id, 'pay', { body: { reference: '  ' } }), '#/reference')
		expect(await act(id, 'cancel', { token: own, body: { reason: '' } })).toMatchObject({ status: 200 })
	})

	test('the payment of an order sells its stock, and a later cancellation returns it', async () => {
		const { id, sku } = await placed()
		await expectStock(sku, { onHand: 5, held: 2 })
		await act(id, 'pay')
		await expectStock(sku, { onHand: 3, held: 0 })
		await act(id, 'cancel')
		await expectStock(sku, { onHand: 5, held: 0 })
	})

	test('the cancellation of an unpaid order frees its stock', async () => {
		const { id, sku } = await placed()
		await act(id, 'cancel')
		await expectStock(sku, { onHand: 5, held: 0 })
	})

	test.each(['pay', 'ship', 'deliver'] as const)(
		'a second %s with the same reference changes nothing, and with another reference is a conflict',
		async (action) => {
			const reached = ({ pay: 'paid', ship: 'shipped', deliver: 'delivered' } as const)[action]
			const { id, path } = await orderIn(reached)
			const before = await services.get(path, { token: staff })
			const history = await historyOf(path)

			const repeated = await act(id, action, { body: { reference: action } })
			expect([repeated.status, repeated.body]).toEqual([200, before.body])
			expect(repeated.headers.get('etag')).toBe(before.headers.get('etag'))
			for (const tag of ['"1"', '"99"', 'W/"1"', 'nonsense']) {
				const stale = await act(id, action, { body: { reference: action }, headers: { 'if-match': tag } })
				expect([stale.status, stale.body], `If-Match: ${tag}`).toEqual([200, before.body])
			}

			const { status, body } = await act(id, action, { body: { reference: 'another' } })
			expect([status, body.code, body.state, body.transition]).toEqual([409, 'ORDER_STATE_CONFLICT', reached, action])
			expect(await historyOf(path)).toEqual(history)
		},
	)

	test('a second cancellation has the answer of the first one, for any caller and reason', async () => {
		const { id, path, customer } = await placed()
		const first = await act(id, 'cancel', { body: { reason: 'changed my mind' } })
		for (const again of [
			{ body: { reason: 'changed my mind' } },
			{ body: { reason: 'another' } },
			{ token: token(customer) },
			{ headers: { 'if-match': '"1"' } },
		]) {
			const { status, body } = await act(id, 'cancel', again)
			expect([status, body]).toEqual([200, first.body])
		}
		expect(await historyOf(path)).toHaveLength(2)
	})

	test.each(['pay', 'ship', 'deliver', 'cancel'] as const)(
		'%s with an If-Match of another version gets 412, and with the current version 200',
		async (action) => {
			const before = { pay: 'placed', ship: 'paid', deliver: 'shipped', cancel: 'paid' } as const
			const { id, path } = await orderIn(before[action])
			const current = (await services.get(path, { token: staff })).headers.get('etag')!
			for (const tag of ['"99"', '"0"', '"01"', `W/${current}`, current.slice(1, -1), 'nonsense', '"']) {
				const { status, body } = await act(id, action, { headers: { 'if-match': tag } })
				expect([status, body.code], `If-Match: ${tag}`).toEqual([412, 'PRECONDITION_FAILED'])
			}
			expect(await services.get(path, { token: staff })).toMatchObject({ body: { status: before[action] } })
			expect(await act(id, action, { headers: { 'if-match': current } })).toMatchObject({ status: 200 })
		},
	)

	test.each([
		['any version', '*'],
		['one of several versions', '"7", "1" ,W/"3"'],
	])('an If-Match of %s matches', async (_what, tag) => {
		const { id } = await placed()
		expect(await act(id, 'pay', { headers: { 'if-match': tag } })).toMatchObject({ status: 200 })
	})

	test('an old If-Match gets 412 also when the transition would be a conflict', async () => {
		const { id } = await orderIn('shipped')
		expect(await act(id, 'cancel', { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 412 })
	})

	test.each(['pay', 'ship', 'deliver', 'cancel'] as const)(
		'%s of an order that does not exist gets 404 with any If-Match',
		async (action) => {
			for (const id of [randomUUID(), randomUUID().toUpperCase(), `{${randomUUID()}}`, 'x', '%00', "'--"]) {
				for (const tag of ['*', '"1"', 'nonsense']) {
					const { status, body } = await act(encodeURIComponent(id), action, { headers: { 'if-match': tag } })
					expect([status, body.code]).toEqual([404, 'ORDER_NOT_FOUND'])
				}
			}
		},
	)

	test('the order of another customer looks like an order that does not exist, and stays as it is', async () => {
		const { path, customer } = await placed()
		const stranger = token(newCustomer(), 'orders:read orders:write')
		for (const [method, route] of [
			['GET', ''],
			['GET', '/history'],
			['POST', '/cancel'],
		] as const) {
			const others = await services.request(method, `${path}${route}`, { token: stranger })
			const unknown = await services.request(method, `/v1/orders/${randomUUID()}${route}`, { token: stranger })
			expect([others.status, others.body.code]).toEqual([404, 'ORDER_NOT_FOUND'])
			const { instance: _1, traceId: _2, ...seen } = others.body
			expect(unknown.body).toMatchObject(seen)
		}
		expect(await services.get(path, { token: token(customer) })).toMatchObject({ body: { version: 1 } })
	})

	test.each([
		['GET', '/history', 'orders:write', 'orders:read'],
		['POST', '/cancel', 'orders:read', 'orders:write'],
		['POST', '/pay', 'orders:read orders:write', 'orders:manage'],
		['POST', '/ship', 'orders:read orders:write', 'orders:manage'],
		['POST', '/deliver', 'orders:read orders:write', 'orders:manage'],
	])(
		'%s …%s with the scopes %s gets 403 and the name of the missing scope %s',
		async (method, route, scopes, missing) => {
			const { path, customer } = await placed()
			const body = method === 'GET' || route === '/cancel' ? undefined : { reference: 'x' }
			const refused = await services.request(method, `${path}${route}`, { token: token(customer, scopes), body })
			expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN'])
			expect(refused.body.detail).toContain(missing)
			const nobody = await services.request(method, `${path}${route}`, { body })
			expect([nobody.status, nobody.body.code]).toEqual([401, 'UNAUTHENTICATED'])
			expect(await services.get(path, { token: staff })).toMatchObject({ body: { version: 1 } })
		},
	)

	test('staff with no scope but orders:manage cancels orders and reads their histories', async () => {
		const { path } = await placed()
		const manager = token('manager', 'orders:manage')
		expect(await services.request('POST', `${path}/cancel`, { token: manager })).toMatchObject({ status: 200 })
		expect(await services.get(`${path}/history`, { token: manager })).toMatchObject({ status: 200 })
	})

	test.each([
		['no body', undefined],
		['no reference', {}],
		['an empty reference', { reference: '' }],
		['a blank reference', { reference: ' \u00a0' }],
		['a reference of 129 characters', { reference: 'x'.repeat(129) }],
		['a reference that is a number', { reference: 7 }],
		['a reference with a NUL', { reference: 'a\u0000b' }],
		['an unknown field', { reference: 'x', status: 'paid' }],
	])('a payment with %s is refused and changes nothing', async (_what, body) => {
		const { path } = await placed()
		const answer = await services.request('POST', `${path}/pay`, { token: staff, body })
		expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_REQUEST'])
		expect(await services.get(path, { token: staff })).toMatchObject({ body: { version: 1 } })
	})

	test('one of several payments at the same time succeeds', async () => {
		for (let round = 0; round < 10; round++) {
			const { id, path } = await placed()
			const answers = await Promise.all([act(id, 'pay'), act(id, 'pay'), act(id, 'pay')])
			expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
			expect(await historyOf(path)).toHaveLength(2)
		}
	})

	test('ten copies of one payment at the same time get the same answer', async () => {
		const { id, path } = await placed()
		const copy = { body: { reference: 'payment 1' } }
		const answers = await Promise.all(Array.from({ length: 10 }, () => act(id, 'pay', copy)))
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
		expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
		expect(await historyOf(path)).toHaveLength(2)
	})

	test('an order that is paid and cancelled at the same time ends cancelled with free stock, and the payment gets a true answer', async () => {
		for (let round = 0; round < 10; round++) {
			const { id, path, sku, customer } = await placed()
			const [paid, cancelled] = await Promise.all([
				act(id, 'pay'),
				act(id, 'cancel', { token: token(customer), body: {} }),
			])
			expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } })
			const steps = (await historyOf(path)).map(({ to }: { to: string }) => to)
			expect([paid.status, steps]).toEqual(
				paid.status === 200 ? [200, ['placed', 'paid', 'cancelled']] : [409, ['placed', 'cancelled']],
			)
			await expectStock(sku, { onHand: 5, held: 0 })
		}
	})

	test('an order that is not paid in time expires and frees its stock', async () => {
		const { order, expired, path, sku } = await expireOne()
		expect(expired).toMatchObject({ version: 2, expiresAt: new Date(Date.parse(order.placedAt) + 1_000).toISOString() })
		expect(expired.updatedAt >= order.expiresAt).toBe(true)
		const { body } = await hasty.get(`${path}/history`, { token: staff })
		expect(body.history.at(-1)).toEqual({
			from: 'placed',
			to: 'expired',
			when: expired.updatedAt,
			who: 'system:expiry',
			why: 'not paid in time',
		})
		await expectStock(sku, { onHand: 5, held: 0 }, hasty)
	})

	test('an order that is paid in time does not expire', async () => {
		const sku = await hasty.catalog.createProduct()
		// A slow machine may pay too late.
		const id = await eventually(async () => {
			const { body } = await hasty.place(orderOf(sku))
			const paid = await hasty.request('POST', `/v1/orders/${body.id}/pay`, { token: staff, body: { reference: 'x' } })
			expect(paid.status).toBe(200)
			return body.id
		})
		// An order that is placed after the payment expires first.
		await expireOne()
		expect((await hasty.get(`/v1/orders/${id}`, { token: staff })).body.status).toBe('paid')
	})
})

describe.each(engines)('transitions while the catalog is down, on %s', (engine) => {
	const budgetMs = 2_000

	test('orders are paid and cancelled while the catalog is down, and a shipment gets 503 within its budget', async () => {
		await using services = await startServices(engine, { env: { REQUEST_BUDGET_MS: String(budgetMs) } })
		const sku = await services.catalog.createProduct()
		const orders = await Promise.all(Array.from({ length: 3 }, () => services.place(orderOf(sku))))
		const [paid, cancelled, both] = orders.map(({ body }) => `/v1/orders/${body.id}`)
		await services.catalog.stop()
		const reference = { token: staff, body: { reference: 'x' } }
		expect(await services.request('POST', `${paid}/pay`, reference)).toMatchObject({ status: 200 })
		expect(await services.request('POST', `${cancelled}/cancel`, { token: staff })).toMatchObject({ status: 200 })
		expect(await services.request('POST', `${both}/pay`, reference)).toMatchObject({ status: 200 })
		expect(await services.request('POST', `${both}/cancel`, { token: staff })).toMatchObject({ status: 200 })

		const startedAt = performance.now()
		const { status, body } = await services.request('POST', `${paid}/ship`, reference)
		expect([status, body.code]).toEqual([503, 'CATALOG_UNAVAILABLE'])
		expect(performance.now() - startedAt).toBeLessThanOrEqual(budgetMs + 250)
		expect(await services.get(paid!, { token: staff })).toMatchObject({ body: { status: 'paid', version: 2 } })
	})
})
