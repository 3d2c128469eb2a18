import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Metadata } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { OpenCatalog } from '../open-catalog.ts'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const writer = { timeoutMs: 60_000, token: token('tester', 'catalog:write') }
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

/** Has the source "acme" send a price for a product. */
async function sendPrice({ clients }: OpenCatalog, sku: string, amountMinor: number): Promise<void> {
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${writer.token}`)
	const call = clients.catalog.importProducts(metadata)
	const product = { sku, title: 'A mug', price: { currencyCode: 'EUR', amountMinor } }
	call.write({ source: 'acme', upserts: [{ rowNumber: 1, product, onHand: 10 }] })
	call.end()
	call.resume()
	await once(call, 'end')
}

test.each(engines)('on %s an order keeps the price of its reservation, whatever is approved later', async (engine) => {
	await using services = await startServices(engine)
	const { catalog, place, request } = services
	const sku = `SKU-${randomUUID()}`
	await sendPrice(catalog, sku, 1_000)
	await sendPrice(catalog, sku, 100)

	const customer = newCustomer()
	const key = randomUUID()
	const placed = await place(orderOf(sku), { customer, key })
	expect(placed.body.total).toEqual(euros(1_000))

	const { heldPrices } = await callUnary(catalog.clients.catalog, catalogRpcs.ListHeldPrices, { sku }, writer)
	const resolution = {
		holdId: heldPrices[0]?.id,
		price: { currencyCode: 'EUR', amountMinor: 100 },
		resolution: 'HOLD_RESOLUTION_APPROVE',
	} as const
	await callUnary(catalog.clients.catalog, catalogRpcs.ResolveHeldPrice, resolution, writer)

	const repeated = await place(orderOf(sku), { customer, key })
	expect(repeated.body).toMatchObject({ id: placed.body.id, total: euros(1_000) })
	const paid = await request('POST', `/v1/orders/${placed.body.id}/pay`, {
		token: token('cashier', 'orders:manage'),
		body: { reference: 'p1' },
		headers: { 'idempotency-key': randomUUID() },
	})
	expect(paid.body).toMatchObject({ status: 'paid', total: euros(1_000) })
	expect((await place(orderOf(sku))).body.total).toEqual(euros(100))
})
