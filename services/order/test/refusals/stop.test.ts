import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { startCluster } from '../chaos/shop/cluster.ts'
import { newCustomer, orderOf, startServices } from '../start-services.ts'

test('a refusal just before a shutdown is kept', async () => {
	await using file = await createTestDatabase('postgres')
	const customer = newCustomer()
	{
		await using services = await startServices('postgres', { databaseUrl: file.url })
		expect(await services.place(orderOf('no-such-product'), { customer })).toMatchObject({ status: 422 })
		expect(await services.place(orderOf('no-such-product'), { customer })).toMatchObject({ status: 422 })
	}
	await using database = await openDatabase(file.url)
	expect(await database.query('select customer_id from kept_request')).toEqual(Array(2).fill({ customer_id: customer }))
})

test('a process that is killed has lost no refusal that was listed, and no order', async () => {
	await using cluster = await startCluster({ engine: 'postgres' })
	const sku = await cluster.stocked(100)
	const send = async (path: string, options: RequestInit = {}) => {
		const response = await fetch(`${cluster.orderUrl()}${path}`, options)
		// biome-ignore lint/suspicious/noExplicitAny: a test asks for any part of any body
		return { status: response.status, body: (await response.json()) as any }
	}
	const place = (item: string) =>
		send('/v1/orders', {
			method: 'POST',
			headers: {
				authorization: `Bearer ${cluster.customerToken('ann')}`,
				'content-type': 'application/json',
				'idempotency-key': randomUUID(),
			},
			body: JSON.stringify({ items: [{ sku: item, quantity: 1 }] }),
		})
	const listed = async () =>
		(await send('/v1/refusals', { headers: { authorization: `Bearer ${cluster.staffToken}` } })).body.refusals

	for (let index = 0; index < 5; index++) expect(await place(`no-${index}`)).toMatchObject({ status: 422 })
	await eventually(async () => expect(await listed()).toHaveLength(5))
	const placed = await place(sku)
	expect(placed).toMatchObject({ status: 201 })
	await place('no-such-product')
	const [order] = cluster.orders
	await order?.signal('SIGKILL')
	await order?.start()

	expect((await listed()).length).toBeGreaterThanOrEqual(5)
	const reading = { headers: { authorization: `Bearer ${cluster.customerToken('ann')}` } }
	expect(await send(`/v1/orders/${placed.body.id}`, reading)).toMatchObject({ status: 200 })
})
