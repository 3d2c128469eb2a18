import type { Reservation, ReservationState } from './reservation.ts'

/** The end of a hold or of a sale. */
export type Settlement = { reservation: Reservation; to: Exclude<ReservationState, 'held'> }

type StockMove = { sku: string; onHandDelta: number; heldDelta: number }

type LedgerEntry = { sku: string; kind: 'commit' | 'return'; cause: string; delta: number }

/** The change of each product's stock, one per sku however many settlements share it. */
export function stockMoves(settlements: Settlement[]): StockMove[] {
	const moves = new Map<string, StockMove>()
	for (const { reservation, to } of settlements) {
		const perPiece = deltas(reservation.state, to)
		for (const { sku, quantity } of reservation.lines) {
			const move = moves.get(sku) ?? { sku, onHandDelta: 0, heldDelta: 0 }
			move.onHandDelta += perPiece.onHand * quantity
			move.heldDelta += perPiece.held * quantity
			moves.set(sku, move)
		}
	}
	return [...moves.values()]
}

/** The entries of the ledger: one for each line that changes the quantity on hand. */
export function ledgerEntries(settlements: Settlement[]): LedgerEntry[] {
	return settlements.flatMap(({ reservation, to }) => {
		const { onHand } = deltas(reservation.state, to)
		if (onHand === 0) return []
		const kind = to === 'committed' ? 'commit' : 'return'
		return reservation.lines.map(({ sku, quantity }) => ({
			sku,
			kind,
			cause: reservation.orderId,
			delta: onHand * quantity,
		}))
	})
}

// The change of both counts for one piece of a line.
function deltas(from: ReservationState, to: ReservationState): { onHand: number; held: number } {
	const held = from === 'held' ? -1 : 0
	if (to === 'committed') return { onHand: -1, held }
	return { onHand: from === 'committed' ? 1 : 0, held }
}
