import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { InventoryServiceHandlers } from '@mercat/catalog-api/messages/InventoryService'
import { batchReservations } from './batched-reservations.ts'
import { commitReservations } from './commit-reservations.ts'
import { getStock } from './get-stock.ts'
import { releaseReservations } from './release-reservations.ts'
import type { ReservationStore } from './reservation-store.ts'
import { reserveBatch } from './reserve-batch.ts'
import { reserveStock } from './reserve-stock.ts'
import type { Rpcs } from './rpc.ts'
import { adjustStock, setStock } from './set-stock.ts'
import type { StockStore } from './stock-store.ts'
import { inBytes } from './unary-bytes.ts'

export type InventoryServiceDeps = { rpcs: Rpcs; stock: StockStore; reservations: ReservationStore }

/** Has the server serve `InventoryService`, each method behind the scope that it needs. */
export function addInventoryService(server: Server, { rpcs, stock, reservations }: InventoryServiceDeps): void {
	const handlers: InventoryServiceHandlers = {
		GetStock: rpcs.open(getStock(stock)),
		SetStock: rpcs.scoped('catalog:write', setStock(stock)),
		AdjustStock: rpcs.scoped('catalog:write', adjustStock(stock)),
		ReserveStock: rpcs.scoped(
			'stock:reserve',
			reserveStock({ reserve: batchReservations(reserveBatch(reservations)) }),
		),
		CommitReservations: rpcs.scoped('stock:reserve', commitReservations(reservations)),
		ReleaseReservations: rpcs.scoped('stock:reserve', releaseReservations(reservations)),
	}
	server.addService(inBytes(catalogPackage.InventoryService.service), handlers)
}
