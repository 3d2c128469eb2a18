// The catalog of the floor: it has prices in memory and no stock.
import { status } from '@grpc/grpc-js'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { InventoryServiceHandlers } from '@mercat/catalog-api/messages/InventoryService'
import { onlyReservation, pricedReservation } from './priced-reservation.ts'
import { serveGrpc } from './serve-grpc.ts'

const handlers: Pick<InventoryServiceHandlers, 'ReserveStock'> = {
	ReserveStock({ request }, callback) {
		try {
			callback(null, pricedReservation(onlyReservation(request)))
		} catch (error) {
			callback({ code: status.NOT_FOUND, details: String(error) })
		}
	},
}
await serveGrpc({ ReserveStock: inventoryRpcs.ReserveStock }, handlers)
