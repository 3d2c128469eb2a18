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

export type InventoryServiceDeps = { rpcs: Rpcs; stock: StockStore; reservations: ReservationStore }

/** The handlers of `InventoryService`, each behind the scope that it needs. */
export function inventoryServiceHandlers({
	rpcs,
	stock,
	reservations,
}: InventoryServiceDeps): InventoryServiceHandlers {
	return {
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
}
