// A hand-written GET /v1/orders/{id}: it verifies the token and runs one SELECT on the table of the order service.
import { Type } from '@sinclair/typebox'
import pg from 'pg'
import { itemViews, Order, type OrderItem } from './order-schemas.ts'
import { peerSettings } from './peer-settings.ts'
import { createPeerApp, serveFastify } from './serve-fastify.ts'

export type OneSelectSettings = { databaseUrl: string; secret: string }

// The driver returns a bigint as text.
type OrderRow = {
	id: string
	status: string
	customer_id: string
	items: OrderItem[]
	currency: string
	total_minor: string
	version: string
	placed_at: Date
	updated_at: Date
	expires_at: Date
}

const { databaseUrl, secret } = peerSettings<OneSelectSettings>()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })

const selectOrder = {
	name: 'select-order',
	text: `select id, status, customer_id, items, currency, total_minor, version, placed_at, updated_at, expires_at
		from orders where id = $1 and customer_id = $2`,
}

const app = await createPeerApp(secret)
app.get(
	'/v1/orders/:id',
	{ schema: { params: Type.Object({ id: Type.String({ format: 'uuid' }) }), response: { 200: Order } } },
	async (request, reply) => {
		const { sub: customerId } = request.user as { sub: string }
		const { rows } = await pool.query<OrderRow>({ ...selectOrder, values: [request.params.id, customerId] })
		const [order] = rows
		if (order === undefined) return reply.callNotFound()
		return {
			id: order.id,
			status: order.status,
			customerId: order.customer_id,
			items: itemViews(order.items, order.currency),
			total: { amountMinor: Number(order.total_minor), currency: order.currency },
			placedAt: order.placed_at.toISOString(),
			updatedAt: order.updated_at.toISOString(),
			expiresAt: order.expires_at.toISOString(),
			version: Number(order.version),
		}
	},
)
await serveFastify(app)
