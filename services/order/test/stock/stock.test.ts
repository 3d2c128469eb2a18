import { randomUUID } from 'node:crypto'
import type { StockMovement } from '@mercat/order-api/stock-schemas'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RequestOptions, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

const staff = token('warehouse', 'catalog:write')

function read(path: string, options: RequestOptions = { token: staff }) {
	return services.get(`/v1/stock/${path}`, options)
}

/** Changes stock as staff. Without a key the change has one of its own. */
function change(path: string, body: unknown, { key = randomUUID(), by = staff }: { key?: string; by?: string } = {}) {
	return services.request('POST', `/v1/stock/${path}`, { token: by, body, headers: { 'idempotency-key': key } })
}

async function movementsOf(sku: string): Promise<StockMovement[]> {
	return (await read(`${sku}/movements`)).body.movements
}

describe('the stock of a product', () => {
	test('is read with what orders hold', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		expect((await services.place({ items: [{ sku, quantity: 2 }] })).status).toBe(201)
		const { status, body } = await read(sku)
		expect([status, body]).toEqual([200, { sku, onHand: 7, held: 2, available: 5 }])
	})

	test('is adjusted, and the ledger tells who did it, why and when', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const startedAt = new Date().toISOString()
		const lost = await change(`${sku}/adjust`, { delta: -3, reason: 'Three mugs are lost' })
		expect([lost.status, lost.body]).toEqual([200, { sku, onHand: 4, held: 0, available: 4 }])
		expect(lost.headers.get('idempotent-replayed')).toBeNull()
		const [newest, first] = await movementsOf(sku)
		expect(newest).toEqual({
			kind: 'ADJUST',
			delta: -3,
			cause: expect.stringMatching(/^[0-9a-f]{32}$/),
			orderId: null,
			reason: 'Three mugs are lost',
			who: 'warehouse',
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		})
		expect(newest?.at.slice(0, 10)).toBe(startedAt.slice(0, 10))
		expect(first).toMatchObject({ kind: 'SET', delta: 7, who: 'tester' })
	})

	test('is set to what was counted, and the ledger has the difference', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		expect(await change(`${sku}/set`, { onHand: 5, reason: 'Stocktaking' })).toMatchObject({
			status: 200,
			body: { onHand: 5 },
		})
		expect(await change(`${sku}/set`, { onHand: 6 })).toMatchObject({ status: 200, body: { onHand: 6 } })
		expect(await movementsOf(sku)).toMatchObject([
			{ kind: 'SET', delta: 1, reason: '', who: 'warehouse' },
			{ kind: 'SET', delta: -2, reason: 'Stocktaking', who: 'warehouse' },
			{ kind: 'SET', delta: 7 },
		])
	})

	test('is changed once by a request that is sent twice, and the second answer says so', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const key = randomUUID()
		const twice = async (path: string, body: object) => {
			const [one, other] = [await change(path, body, { key }), await change(path, body, { key })]
			expect([one.status, other.status, other.body]).toEqual([200, 200, one.body])
			return [one, other].map(({ headers }) => headers.get('idempotent-replayed'))
		}
		expect(await twice(`${sku}/adjust`, { delta: -3, reason: 'lost' })).toEqual([null, 'true'])
		expect(await twice(`${sku}/set`, { onHand: 9 })).toEqual([null, 'true'])
		expect((await movementsOf(sku)).map(({ delta }) => delta)).toEqual([5, -3, 7])
	})

	test('is changed once by ten copies of a request at once', async () => {
		const sku = await services.catalog.createProduct({ onHand: 100 })
		const key = randomUUID()
		const copies = Array.from({ length: 10 }, () => change(`${sku}/adjust`, { delta: -3, reason: 'lost' }, { key }))
		const answers = await Promise.all(copies)
		expect(answers.map(({ body }) => body.onHand)).toEqual(Array(10).fill(97))
		expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
	})

	test('is changed twice by two members of staff who use the same key', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const options = { key: '1' }
		await change(`${sku}/adjust`, { delta: -3, reason: 'lost' }, options)
		await change(`${sku}/adjust`, { delta: -1, reason: 'broken' }, { ...options, by: token('clerk', 'catalog:write') })
		expect(await movementsOf(sku)).toMatchObject([{ delta: -1, who: 'clerk' }, { delta: -3, who: 'warehouse' }, {}])
	})

	test('is not changed below what orders hold', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		await services.place({ items: [{ sku, quantity: 5 }] })
		const held = { status: 409, body: { code: 'STOCK_HELD', sku, held: 5 } }
		expect(await change(`${sku}/adjust`, { delta: -3, reason: 'lost' })).toMatchObject(held)
		expect(await change(`${sku}/set`, { onHand: 4 })).toMatchObject(held)
		expect((await read(sku)).body).toMatchObject({ onHand: 7, held: 5 })
		expect(await change(`${sku}/set`, { onHand: 5 })).toMatchObject({ status: 200, body: { available: 0 } })
	})

	test('has a sale and its return in the ledger, with their order and the service that told the catalog', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const { id } = (await services.place({ items: [{ sku, quantity: 2 }] })).body
		const clerk = token('clerk', 'orders:manage')
		await services.request('POST', `/v1/orders/${id}/pay`, { token: clerk, body: { reference: 'bank-1' } })
		await eventually(async () => expect((await movementsOf(sku)).length).toBe(2))
		await services.request('POST', `/v1/orders/${id}/cancel`, { token: clerk, body: {} })
		await eventually(async () => expect((await movementsOf(sku)).length).toBe(3))
		const byOrder = { orderId: id, cause: id, who: 'service:order', reason: '' }
		expect(await movementsOf(sku)).toMatchObject([
			{ kind: 'RETURN', delta: 2, ...byOrder },
			{ kind: 'COMMIT', delta: -2, ...byOrder },
			{ kind: 'SET', delta: 7, orderId: null },
		])
	})

	test('has a ledger of any length, which is read in pages', async () => {
		const sku = await services.catalog.createProduct({ onHand: 1 })
		for (let delta = 1; delta < 250; delta++) await change(`${sku}/adjust`, { delta, reason: 'counted' })
		const deltas: number[] = []
		const lengths: number[] = []
		let pageToken = ''
		do {
			const { body } = await read(`${sku}/movements?pageSize=100&pageToken=${pageToken}`)
			deltas.push(...body.movements.map(({ delta }: StockMovement) => delta))
			lengths.push(body.movements.length)
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		expect(lengths).toEqual([100, 100, 50])
		expect(deltas).toEqual([...Array.from({ length: 249 }, (_, index) => 249 - index), 1])
		expect((await read(`${sku}/movements?pageSize=0`)).body.movements).toHaveLength(20)
		expect((await read(`${sku}/movements?pageSize=9007199254740991`)).body.movements).toHaveLength(100)
	})
})

describe('a request about stock', () => {
	const errorsOf = ({ status, body }: { status: number; body: { code?: string; errors?: object[] } }) => {
		expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
		return body.errors
	}

	test('is 404 for a product that does not exist, and for what can be no sku', async () => {
		const missing = { status: 404, body: { code: 'PRODUCT_NOT_FOUND' } }
		for (const sku of ['none', 'a%20b', '%00', 'x'.repeat(65)]) {
			expect(await read(sku)).toMatchObject(missing)
			expect(await read(`${sku}/movements`)).toMatchObject(missing)
			expect(await change(`${sku}/adjust`, { delta: 1, reason: 'found' })).toMatchObject(missing)
			expect(await change(`${sku}/set`, { onHand: 1 })).toMatchObject(missing)
		}
	})

	test('is 400 with the places at fault', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const adjust = async (body: unknown) => errorsOf(await change(`${sku}/adjust`, body))
		const set = async (body: unknown) => errorsOf(await change(`${sku}/set`, body))
		expect(await adjust({})).toMatchObject([{ pointer: '#/delta' }, { pointer: '#/reason' }])
		expect(await adjust({ delta: 1, reason: ' ' })).toMatchObject([{ pointer: '#/reason' }])
		expect(await adjust({ delta: 1.5, reason: 'x'.repeat(201) })).toMatchObject([
			{ pointer: '#/delta' },
			{ pointer: '#/reason' },
		])
		expect(await adjust({ delta: '1', reason: 'found', sku })).toMatchObject([
			{ pointer: '#/sku' },
			{ pointer: '#/delta' },
		])
		expect(await adjust({ delta: Number.MAX_SAFE_INTEGER, reason: 'found' })).toEqual([
			{ pointer: '#/delta', code: 'invalid', detail: 'must not raise the stock above 9007199254740991' },
		])
		expect(await set({ onHand: -1 })).toMatchObject([{ pointer: '#/onHand' }])
		expect(await set({ onHand: 1, reason: 'a\u0000b' })).toMatchObject([{ pointer: '#/reason' }])
		expect((await read(sku)).body).toMatchObject({ onHand: 7 })
		expect(errorsOf(await read(`${sku}/movements?pageSize=-1`))).toMatchObject([{ parameter: 'pageSize' }])
		expect(errorsOf(await read(`${sku}/movements?pageToken=made-up`))).toEqual([
			{ pointer: '#/pageToken', parameter: 'pageToken', code: 'pageToken', detail: 'must belong to this query' },
		])
	})

	test('that changes it needs an idempotency key', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const send = (headers: Record<string, string>) =>
			services.request('POST', `/v1/stock/${sku}/adjust`, {
				token: staff,
				body: { delta: 1, reason: 'found' },
				headers,
			})
		expect(await send({})).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } })
		expect(await send({ 'idempotency-key': 'a,b' })).toMatchObject({
			status: 400,
			body: { code: 'IDEMPOTENCY_KEY_INVALID' },
		})
		expect((await read(sku)).body).toMatchObject({ onHand: 7 })
	})

	test('is 401 without a token, and 403 for customers and for staff without the scope catalog:write', async () => {
		const sku = await services.catalog.createProduct({ onHand: 7 })
		const requests = (options: RequestOptions) => [
			read(sku, options),
			read(`${sku}/movements`, options),
			services.request('POST', `/v1/stock/${sku}/adjust`, { ...options, body: { delta: 1, reason: 'found' } }),
			services.request('POST', `/v1/stock/${sku}/set`, { ...options, body: { onHand: 1 } }),
		]
		for (const answer of await Promise.all(requests({}))) expect(answer.status).toBe(401)
		const others = [token('alice'), token('clerk', 'orders:manage webhooks:manage events:read stock:reserve')]
		for (const other of others) {
			for (const answer of await Promise.all(requests({ token: other }))) {
				expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
				expect(answer.body.detail).toBe('The token lacks the scope catalog:write.')
			}
		}
		expect((await read(sku)).body).toMatchObject({ onHand: 7 })
	})
})
