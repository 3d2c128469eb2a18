import { randomUUID } from 'node:crypto'
import { callUnary } from '@mercat/catalog-api/client'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { AdjustStockRequest } from '@mercat/catalog-api/messages/AdjustStockRequest'
import type { ListStockMovementsRequest } from '@mercat/catalog-api/messages/ListStockMovementsRequest'
import type { ReservationRequest } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReservationResult__Output } from '@mercat/catalog-api/messages/ReservationResult'
import type { SetStockRequest } from '@mercat/catalog-api/messages/SetStockRequest'
import { product, type TestCatalog, tokenFor, upserts } from './start-catalog.ts'

const timeoutMs = 60_000

/** A reservation of a quantity of each sku, for a new order unless one is given. */
export function reservationOf(
	lines: Record<string, number>,
	{ orderId = randomUUID() as string, holdS = 600 }: { orderId?: string; holdS?: number } = {},
): ReservationRequest & { orderId: string } {
	return {
		orderId,
		holdDuration: { seconds: holdS },
		lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
	}
}

type Tokens = { reserver?: string; writer?: string }

/** The calls that tests make to the inventory of a catalog, as "tester" unless tokens of other subjects are given. */
export function inventoryCalls(
	catalog: TestCatalog,
	{ reserver = tokenFor('stock:reserve'), writer = tokenFor('catalog:write') }: Tokens = {},
) {
	const calls = {
		async reserveAll(reservations: ReservationRequest[]): Promise<ReservationResult__Output[]> {
			const options = { timeoutMs, token: reserver }
			return (await callUnary(catalog.catalog, inventoryRpcs.ReserveStock, { reservations }, options)).results
		},
		async reserve(reservation: ReservationRequest): Promise<ReservationResult__Output> {
			const [result] = await calls.reserveAll([reservation])
			if (result === undefined) throw new Error('no result')
			return result
		},
		async commit(...orderIds: string[]): Promise<string[]> {
			const options = { timeoutMs, token: reserver }
			const { results } = await callUnary(catalog.catalog, inventoryRpcs.CommitReservations, { orderIds }, options)
			return results.map(({ refusalReason }) => refusalReason)
		},
		async release(...orderIds: string[]): Promise<string[]> {
			const options = { timeoutMs, token: reserver }
			const { results } = await callUnary(catalog.catalog, inventoryRpcs.ReleaseReservations, { orderIds }, options)
			return results.map(({ previousState }) => previousState)
		},
		set(request: SetStockRequest) {
			return callUnary(catalog.catalog, inventoryRpcs.SetStock, request, { timeoutMs, token: writer })
		},
		async setStock(sku: string, onHand: number, requestId = '', reason = '') {
			return (await calls.set({ sku, onHand, requestId, reason })).level
		},
		adjust(request: AdjustStockRequest) {
			return callUnary(catalog.catalog, inventoryRpcs.AdjustStock, request, { timeoutMs, token: writer })
		},
		async adjustStock(sku: string, delta: number, requestId = '', reason = '') {
			return (await calls.adjust({ sku, delta, requestId, reason })).level
		},
		/** A page of the ledger of a product. */
		listMovements(request: ListStockMovementsRequest, token = writer) {
			return callUnary(catalog.catalog, inventoryRpcs.ListStockMovements, request, { timeoutMs, token })
		},
		/** The newest movements of a product. */
		async movements(sku: string) {
			return (await calls.listMovements({ sku })).movements
		},
		async reservations(orderIds: string[], token = reserver) {
			const options = { timeoutMs, token }
			const answer = await callUnary(catalog.catalog, inventoryRpcs.GetReservations, { orderIds }, options)
			return answer.reservations
		},
		async levels(...skus: string[]) {
			return (await callUnary(catalog.catalog, inventoryRpcs.GetStock, { skus }, { timeoutMs })).levels
		},
		/** Creates a product with pieces on hand, and returns its sku. */
		async stocked(onHand: number, amountMinor = 1290, currencyCode = 'EUR'): Promise<string> {
			const sku = `SKU-${randomUUID()}`
			const [response] = await catalog.import([
				{ upserts: upserts([product({ sku, price: { amountMinor, currencyCode } })], onHand) },
			])
			if (response?.createdCount !== 1) throw new Error('the product was not created')
			return sku
		},
	}
	return calls
}
