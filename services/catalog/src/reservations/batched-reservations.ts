import { isItemsFault, OutOfTimeError } from '@mercat/database/errors'
import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import { CatalogError } from '../grpc/errors.ts'
import type { ReservationRequest } from './reservation.ts'
import type { ReserveOutcome } from './reserve-batch.ts'
import type { ReserveStockNeeds } from './reserve-stock.ts'

type ReserveBatch = (requests: ReservationRequest[], budget: Budget) => Promise<ReserveOutcome[]>

/**
 * Reservations that several callers ask for at the same moment are decided together, and each product's
 * stock is locked and changed once for all of them.
 */
export function batchReservations(reserveBatch: ReserveBatch): ReserveStockNeeds['reserve'] {
	return createBatcher<ReservationRequest[], ReserveOutcome[]>({
		gather: process.nextTick,
		mostItems: 256,
		mostWeight: 2_000,
		weigh: (requests) => requests.reduce((lines, request) => lines + request.lines.length, 0),
		mostBatches: 1,
		mostWaiting: 1_024,
		isItemsFault,
		overloaded: () => new CatalogError('OVERLOADED', { retryDelayMs: 1_000 }),
		outOfTime: () => new OutOfTimeError(),
		async run(callers, limit) {
			const outcomes = await reserveBatch(callers.flat(), limit)
			let answered = 0
			return callers.map(({ length }) => {
				const own = outcomes.slice(answered, answered + length)
				answered += length
				return own
			})
		},
	})
}
