import { drainBatches } from '@mercat/service/drain-batches'
import { Counter } from '@mercat/service/metrics'
import { sortedSkus } from '../reservation.ts'
import type { InReservationTransaction } from '../reservation-transaction.ts'

export type SweepReservationsNeeds = { transaction: InReservationTransaction }

const sweeps = new Counter({ name: 'mercat_sweeps_total', help: 'Sweeps for holds that ran out, which ended well' })
const expired = new Counter({ name: 'mercat_holds_expired_total', help: 'Holds that a sweep has expired' })

const batchSize = 200

/**
 * Expires the holds that are past their end and frees their stock. Any number of replicas may sweep at once.
 *
 * @returns how many holds expired
 */
export async function sweepReservations({ transaction }: SweepReservationsNeeds): Promise<number> {
	const count = await drainBatches(batchSize, (limit) =>
		transaction(async ({ lockRunOutHolds, lockShelf, settle }) => {
			const runOut = await lockRunOutHolds(limit)
			if (runOut.length === 0) return 0
			await lockShelf(sortedSkus(runOut))
			await settle(runOut.map((reservation) => ({ reservation, to: 'expired' })))
			return runOut.length
		}),
	)
	sweeps.inc()
	expired.inc(count)
	return count
}
