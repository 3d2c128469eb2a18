// The order service of the floor: it verifies the token, checks the schema, calls the catalog once and runs one INSERT.
import { randomUUID } from 'node:crypto'
import { credentials } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { Reservation__Output } from '@mercat/catalog-api/messages/Reservation'
import pg from 'pg'
import { itemViews, Order, type OrderItem, OrderRequest } from './order-schemas.ts'
import { peerSettings } from './peer-settings.ts'
import { createPeerApp, serveFastify } from './serve-fastify.ts'

export type FloorOrderSettings = { databaseUrl: string; catalogAddress: string; secret: string }

const callTimeoutMs = 2_000
const paymentWindowMs = 900_000

const { databaseUrl, catalogAddress, secret } = peerSettings<FloorOrderSettings>()
const inventory = new catalogPackage.InventoryService(catalogAddress, credentials.createInsecure())
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query(`
	create table orders (
		id uuid primary key,
		customer_id text not null,
		status text not null,
		items jsonb not null,
		currency text not null,
		total_minor bigint not null,
		placed_at timestamptz not null
	);
	create index on orders (customer_id, placed_at)`)

const insertOrder = {
	name: 'insert-order',
	text: `insert into orders (id, customer_id, status, items, currency, total_minor, placed_at)
		values ($1, $2, 'placed', $3, $4, $5, $6)`,
}

const app = await createPeerApp(secret)
app.post('/v1/orders', { schema: { body: OrderRequest, response: { 201: Order } } }, async (request, reply) => {
	const { sub: customerId } = request.user as { sub: string }
	const id = randomUUID()
	const { lines, total } = await reserve(id, request.body.items)
	const items = lines.map(({ sku, title, quantity, unitPrice }): OrderItem => {
		return { sku, title, quantity, amountMinor: unitPrice?.amountMinor ?? 0 }
	})
	const currency = total?.currencyCode ?? ''
	const totalMinor = total?.amountMinor ?? 0
	const placedAt = new Date()
	await pool.query({
		...insertOrder,
		values: [id, customerId, JSON.stringify(items), currency, totalMinor, placedAt],
	})
	reply.code(201).header('location', `/v1/orders/${id}`)
	return {
		id,
		status: 'placed',
		customerId,
		items: itemViews(items, currency),
		total: { amountMinor: totalMinor, currency },
		placedAt: placedAt.toISOString(),
		updatedAt: placedAt.toISOString(),
		expiresAt: new Date(placedAt.getTime() + paymentWindowMs).toISOString(),
		version: 1,
	}
})
await serveFastify(app)

function reserve(orderId: string, lines: { sku: string; quantity: number }[]): Promise<Reservation__Output> {
	return new Promise((resolve, reject) => {
		const message = { reservations: [{ orderId, lines }] }
		inventory.reserveStock(message, { deadline: Date.now() + callTimeoutMs }, (error, response) => {
			const reservation = response?.results[0]?.reservation
			if (error) reject(error)
			else if (!reservation) reject(new Error('refused'))
			else resolve(reservation)
		})
	})
}
