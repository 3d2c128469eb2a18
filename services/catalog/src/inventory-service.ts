import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { InventoryServiceHandlers } from '@mercat/catalog-api/messages/InventoryService'
import type { Rpcs } from './grpc/rpc.ts'
import { inBytes } from './grpc/unary-bytes.ts'
import { batchReservations } from './reservations/batched-reservations.ts'
import { commitReservations } from './reservations/commit-reservations.ts'
import { releaseReservations } from './reservations/release-reservations.ts'
import type { ReservationStore } from './reservations/reservation-store.ts'
import { reserveBatch } from './reservations/reserve-batch.ts'
import { reserveStock } from './reservations/reserve-stock.ts'
import { getStock } from './stock/get-stock.ts'
import { adjustStock, setStock } from './stock/set-stock.ts'
import type { StockStore } from './stock/stock-store.ts'

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
