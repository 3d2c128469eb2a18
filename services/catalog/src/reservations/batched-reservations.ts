import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import { batchedErrors } from '../errors/batched-errors.ts'
import type { ReservationRequest, ReserveOutcome } from './reservation.ts'
import type { ReserveStockNeeds } from './reserve-stock.ts'

type ReserveBatch = (requests: ReservationRequest[], budget: Budget) => Promise<ReserveOutcome[]>

/**
 * Decides the reservations of several calls together when they come at the same moment. Then each product's stock is
 * locked and changed once for all of them.
 */
export function batchReservations(reserveBatch: ReserveBatch): ReserveStockNeeds['reserve'] {
	return createBatcher<ReservationRequest[], ReserveOutcome[]>({
		name: 'reservations',
		gather: process.nextTick,
		mostItems: 256,
		mostWeight: 2_000,
		weigh: (requests) => requests.reduce((lines, request) => lines + request.lines.length, 0),
		mostBatches: 1,
		mostWaiting: 1_024,
		...batchedErrors,
		async run(calls, budget) {
			const outcomes = await reserveBatch(calls.flat(), budget)
			let answered = 0
			return calls.map(({ length }) => {
				const own = outcomes.slice(answered, answered + length)
				answered += length
				return own
			})
		},
	})
}
