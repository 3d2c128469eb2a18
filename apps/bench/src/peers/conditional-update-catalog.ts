// The catalog of the floor, with stock: it runs one conditional UPDATE for each line of an order.
import { status } from '@grpc/grpc-js'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { InventoryServiceHandlers } from '@mercat/catalog-api/messages/InventoryService'
import pg from 'pg'
import { onHand, skus } from '../running/shop.ts'
import { peerSettings } from './peer-settings.ts'
import { onlyReservation, pricedReservation } from './priced-reservation.ts'
import { serveGrpc } from './serve-grpc.ts'

export type ConditionalUpdateSettings = { databaseUrl: string }

const { databaseUrl } = peerSettings<ConditionalUpdateSettings>()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query('create table stock (sku text primary key, on_hand bigint not null check (on_hand >= 0))')
await pool.query('insert into stock select sku, $2::bigint from unnest($1::text[]) as sku', [skus, onHand])

const takeStock = {
	name: 'take-stock',
	text: 'update stock set on_hand = on_hand - $2 where sku = $1 and on_hand >= $2',
}

const handlers: Pick<InventoryServiceHandlers, 'ReserveStock'> = {
	async ReserveStock({ request }, callback) {
		try {
			const reservation = onlyReservation(request)
			const response = pricedReservation(reservation)
			for (const { sku, quantity } of reservation.lines) {
				const { rowCount } = await pool.query({ ...takeStock, values: [sku, quantity] })
				if (rowCount === 0) throw new RangeError(`not enough of ${sku}`)
			}
			callback(null, response)
		} catch (error) {
			callback({ code: status.FAILED_PRECONDITION, details: String(error) })
		}
	},
}
await serveGrpc({ ReserveStock: inventoryRpcs.ReserveStock }, handlers)
