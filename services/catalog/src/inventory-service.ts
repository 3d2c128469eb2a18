import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { InventoryServiceHandlers } from '@mercat/catalog-api/messages/InventoryService'
import { inBytes } from '@mercat/grpc-service/request-bytes'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import type { PageTokens } from '@mercat/service/page-token'
import { commitFacts, countSkus, orderFacts, reserveFacts } from './grpc/call-facts.ts'
import { batchReservations } from './reservations/batched-reservations.ts'
import type { NewHoldStore } from './reservations/new-hold-store.ts'
import { getReservations } from './reservations/reading/get-reservations.ts'
import type { ReservationRecordStore } from './reservations/reading/reservation-record-store.ts'
import type { ReservationStore } from './reservations/reservation-store.ts'
import { reserveBatch } from './reservations/reserve-batch.ts'
import { reserveStock } from './reservations/reserve-stock.ts'
import { commitReservations } from './reservations/settling/commit-reservations.ts'
import { releaseReservations } from './reservations/settling/release-reservations.ts'
import { adjustStock, setStock } from './stock/change-stock.ts'
import { getStock } from './stock/get-stock.ts'
import { listStockMovements, type MovementCursor } from './stock/list-stock-movements.ts'
import type { MovementStore } from './stock/movement-store.ts'
import type { StockStore } from './stock/stock-store.ts'

export type InventoryServiceNeeds = {
	rpcs: Rpcs
	stock: StockStore
	newHolds: NewHoldStore
	reservations: ReservationStore
	reservationRecords: ReservationRecordStore
	movements: MovementStore
	movementPageTokens: PageTokens<MovementCursor>
}

/** Adds `InventoryService` to a server, each method behind the scope that it needs. */
export function addInventoryService(server: Server, needs: InventoryServiceNeeds): void {
	const { rpcs, stock, newHolds, reservations, reservationRecords, movements, movementPageTokens } = needs
	const handlers: InventoryServiceHandlers = {
		GetStock: rpcs.open(
			getStock({
				findLevels: stock.findLevels,
			}),
			countSkus,
		),
		SetStock: rpcs.scoped(
			'catalog:write',
			setStock({
				change: stock.change,
			}),
		),
		AdjustStock: rpcs.scoped(
			'catalog:write',
			adjustStock({
				change: stock.change,
			}),
		),
		// Calls are batched, a batch is decided from memory or under locks, and the stores write it.
		ReserveStock: rpcs.scoped(
			'stock:reserve',
			reserveStock({
				reserve: batchReservations(
					reserveBatch({
						holdAtOnce: newHolds.holdAtOnce,
						transaction: reservations.transaction,
					}),
				),
			}),
			reserveFacts,
		),
		CommitReservations: rpcs.scoped(
			'stock:reserve',
			commitReservations({
				transaction: reservations.transaction,
			}),
			commitFacts,
		),
		ReleaseReservations: rpcs.scoped(
			'stock:reserve',
			releaseReservations({
				transaction: reservations.transaction,
			}),
			orderFacts,
		),
		GetReservations: rpcs.scoped(
			['stock:reserve', 'catalog:write'],
			getReservations({
				findReservations: reservationRecords.findReservations,
			}),
			orderFacts,
		),
		ListStockMovements: rpcs.scoped(
			'catalog:write',
			listStockMovements({
				pageTokens: movementPageTokens,
				listMovements: movements.listMovements,
				findLevels: stock.findLevels,
			}),
		),
	}
	server.addService(inBytes(catalogPackage.InventoryService.service), handlers)
}
