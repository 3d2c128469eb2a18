import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orderIdOf } from '../../src/order/order-id.ts'
import { newCustomer, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

const staff = token('clerk', 'orders:manage')

const reservationOf = (id: string, by = staff) => services.get(`/v1/orders/${id}/reservation`, { token: by })

describe('the reservation of an order', () => {
	test('is held while the order is placed, sold when it is paid, and released when it is cancelled', async () => {
		const sku = await services.catalog.createProduct({ title: 'Stoneware mug' })
		const { id } = (await services.place({ items: [{ sku, quantity: 2 }] })).body
		const { status, body } = await reservationOf(id)
		const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
		expect(status).toBe(200)
		expect(body).toEqual({
			reservation: {
				orderId: id,
				state: 'HELD',
				lines: [{ sku, title: 'Stoneware mug', quantity: 2, unitPrice: { amountMinor: 1299, currency: 'EUR' } }],
				total: { amountMinor: 2598, currency: 'EUR' },
				expiresAt: time,
				createdAt: time,
				updatedAt: time,
			},
		})
		const stateIs = (state: string) =>
			eventually(async () => expect((await reservationOf(id)).body.reservation.state).toBe(state))
		await services.request('POST', `/v1/orders/${id}/pay`, { token: staff, body: { reference: 'bank-1' } })
		await stateIs('COMMITTED')
		await services.request('POST', `/v1/orders/${id}/cancel`, { token: staff, body: {} })
		await stateIs('RELEASED')
	})

	test('is shown for an attempt to place an order that does not exist', async () => {
		const sku = await services.catalog.createProduct()
		const id = orderIdOf(newCustomer(), randomUUID())
		await services.catalog.hold(id, sku)
		expect((await services.get(`/v1/orders/${id}`, { token: staff })).status).toBe(404)
		expect((await reservationOf(id)).body).toMatchObject({ reservation: { orderId: id, state: 'HELD' } })
	})

	test('is null when the catalog has none, and 404 for what can be no order id', async () => {
		expect(await reservationOf(orderIdOf(newCustomer(), 'k'))).toMatchObject({
			status: 200,
			body: { reservation: null },
		})
		expect(await reservationOf('no-id')).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
	})

	test('is shown to staff only', async () => {
		const sku = await services.catalog.createProduct()
		const customer = newCustomer()
		const { id } = (await services.place({ items: [{ sku, quantity: 1 }] }, { customer })).body
		expect(await reservationOf(id, token(customer))).toMatchObject({
			status: 403,
			body: { code: 'FORBIDDEN', detail: 'The token lacks the scope orders:manage.' },
		})
		expect((await services.get(`/v1/orders/${id}/reservation`)).status).toBe(401)
	})
})
