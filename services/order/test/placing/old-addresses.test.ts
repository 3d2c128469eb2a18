import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { expect, test } from 'vitest'
import { fingerprintOf } from '../../src/placing/fingerprint.ts'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

test('an order whose address is older than the rules of addresses is read and replayed as before', async () => {
	await using services = await startServices('postgres')
	const sku = await services.catalog.createProduct()
	const again = { customer: newCustomer(), key: randomUUID() }
	const shippingAddress = { name: 'A', line1: ' ', city: 'C', postalCode: ' ', country: 'ZZ' }
	const old = { ...orderOf(sku), shippingAddress }
	expect(await services.place(old, again)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })

	const { body: order } = await services.place(orderOf(sku), again)
	await using database = await openDatabase(services.orderDatabaseUrl)
	await database.query('update orders set details = $2::jsonb, fingerprint = $3::bytea where id = $1', [
		order.id,
		JSON.stringify({ shippingAddress }),
		`\\x${fingerprintOf(old)}`,
	])

	const replayed = await services.place(old, again)
	expect(replayed).toMatchObject({ status: 201, body: { id: order.id, shippingAddress } })
	expect(replayed.headers.get('idempotent-replayed')).toBe('true')
	const read = await services.get(`/v1/orders/${order.id}`, { token: token(again.customer) })
	expect(read).toMatchObject({ status: 200, body: { shippingAddress } })
	expect(await services.place(old, { ...again, key: randomUUID() })).toMatchObject({ status: 400 })
})
