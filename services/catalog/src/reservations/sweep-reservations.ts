import { drainBatches } from '@mercat/service/drain-batches'
import { sortedSkus } from './reservation.ts'
import type { InReservationTransaction } from './reservation-transaction.ts'

export type SweepReservationsNeeds = { transaction: InReservationTransaction }

const batchSize = 200

/**
 * Expires the holds that are past their end and frees their stock. Any number of replicas may sweep at once.
 *
 * @returns how many holds expired
 */
export function sweepReservations({ transaction }: SweepReservationsNeeds): Promise<number> {
	return drainBatches(batchSize, (limit) =>
		transaction(async ({ lockRunOutHolds, lockShelf, settle }) => {
			const runOut = await lockRunOutHolds(limit)
			if (runOut.length === 0) return 0
			await lockShelf(sortedSkus(runOut))
			await settle(runOut.map((reservation) => ({ reservation, to: 'expired' })))
			return runOut.length
		}),
	)
}
