import { isOrderId } from '@mercat/catalog-api/identifiers'

type ReserveRequest = { reservations: { orderId: string; lines: { sku: string }[] }[] }
type ReserveResponse = { results?: { orderId?: string; refusal?: { reason?: string } | null }[] }

// The most that a valid request has. The line of an invalid one must not be longer.
const mostOrders = 256

/** The line of a call of ReserveStock names its orders, those of them that were refused, and the number of skus. */
export function reserveFacts({ reservations }: ReserveRequest, response: ReserveResponse | undefined) {
	const refused = response?.results?.flatMap(({ orderId = '', refusal }) =>
		refusal ? [[orderId, refusal.reason]] : [],
	)
	return {
		orderIds: loggableIds(reservations.map(({ orderId }) => orderId)),
		refused: refused && refused.length > 0 ? Object.fromEntries(refused) : undefined,
		skus: new Set(reservations.flatMap(({ lines }) => lines.map(({ sku }) => sku))).size,
	}
}

type CommitResponse = { results?: { orderId?: string; refusalReason?: string }[] }

/** The line of a call of CommitReservations names its orders, and those of them that were refused. */
export function commitFacts({ orderIds }: { orderIds: string[] }, response: CommitResponse | undefined) {
	const refused = response?.results?.flatMap(({ orderId = '', refusalReason = '' }) =>
		refusalReason === '' ? [] : [[orderId, refusalReason]],
	)
	return {
		orderIds: loggableIds(orderIds),
		refused: refused && refused.length > 0 ? Object.fromEntries(refused) : undefined,
	}
}

/** The line of a call of ReleaseReservations or GetReservations names its orders. */
export function orderFacts({ orderIds }: { orderIds: string[] }) {
	return { orderIds: loggableIds(orderIds) }
}

/** The line of a call about products has their number. */
export function countSkus({ skus }: { skus: readonly string[] }) {
	return { skus: skus.length }
}

/** The line of a call about prices has their number. */
export function countPrices({ prices }: { prices: readonly unknown[] }) {
	return { prices: prices.length }
}

function loggableIds(orderIds: string[]): string[] {
	return orderIds.slice(0, mostOrders).filter(isOrderId)
}
