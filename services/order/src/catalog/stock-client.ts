import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { AdjustStockRequest } from '@mercat/catalog-api/messages/AdjustStockRequest'
import type { ListStockMovementsRequest } from '@mercat/catalog-api/messages/ListStockMovementsRequest'
import type { SetStockRequest } from '@mercat/catalog-api/messages/SetStockRequest'
import type { Reservation } from '@mercat/order-api/reservation-schemas'
import type { StockLevel, StockMovementList } from '@mercat/order-api/stock-schemas'
import type { Budget } from '@mercat/service/budget'
import type { CatalogCall } from './catalog-call.ts'
import { invalidAnswer } from './failures/invalid-answer.ts'
import { staffProblem } from './staff-problem.ts'
import { toLevel, toMovement, toReservation } from './stock-messages.ts'

/** A change of stock has one request id, whoever sends it how often: it is made once. */
type Change<Request> = Request & { sku: string; requestId: string }

/** The stock after a change, and whether an earlier request with the same id has made it. */
export type StockChangeOutcome = { level: StockLevel; isRepeated: boolean }

/** The calls of the order service about stock and reservations, which look at them or are made for staff. */
export function createStockClient(call: CatalogCall) {
	// With the caller's own token, whose scope the catalog checks.
	const withToken = (token: string) => ({ token, explain: staffProblem })

	return {
		/** The reservation of an order; undefined when the catalog has none. */
		async getReservation(orderId: string, budget: Budget): Promise<Reservation | undefined> {
			const { reservations } = await call(inventoryRpcs.GetReservations, { orderIds: [orderId] }, budget)
			const [reservation] = reservations
			if (reservation === undefined) return undefined
			if (reservation.orderId !== orderId) throw invalidAnswer('for another order')
			return toReservation(reservation)
		},

		async getStock(sku: string, token: string, budget: Budget): Promise<StockLevel> {
			const { levels } = await call(inventoryRpcs.GetStock, { skus: [sku] }, budget, withToken(token))
			return toLevel(levels[0], sku)
		},

		/** A page of the changes of a product's stock, the newest first. */
		async listStockMovements(
			request: ListStockMovementsRequest,
			token: string,
			budget: Budget,
		): Promise<StockMovementList> {
			const page = await call(inventoryRpcs.ListStockMovements, request, budget, withToken(token))
			return { movements: page.movements.map(toMovement), nextPageToken: page.nextPageToken }
		},

		async adjustStock(change: Change<AdjustStockRequest>, token: string, budget: Budget): Promise<StockChangeOutcome> {
			const { level, repeatedRequest } = await call(inventoryRpcs.AdjustStock, change, budget, withToken(token))
			return { level: toLevel(level, change.sku), isRepeated: repeatedRequest }
		},

		async setStock(change: Change<SetStockRequest>, token: string, budget: Budget): Promise<StockChangeOutcome> {
			const { level, repeatedRequest } = await call(inventoryRpcs.SetStock, change, budget, withToken(token))
			return { level: toLevel(level, change.sku), isRepeated: repeatedRequest }
		},
	}
}
