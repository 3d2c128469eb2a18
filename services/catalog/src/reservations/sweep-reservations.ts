import type { ReservationTransaction } from './reservation-store.ts'

export type SweepNeeds = {
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>): Promise<T>
}

const batchSize = 200

/** Frees what holds past their end still hold; any number of replicas may sweep at once. Returns how many it freed. */
export async function sweepReservations({ transaction }: SweepNeeds): Promise<number> {
	let swept = 0
	for (;;) {
		const batch = await transaction(async (connection) => {
			const runOut = await connection.lockRunOutHolds(batchSize)
			if (runOut.length === 0) return 0
			const skus = new Set(runOut.flatMap(({ lines }) => lines.map(({ sku }) => sku)))
			await connection.lockShelf([...skus].sort())
			await connection.settle(runOut.map((reservation) => ({ reservation, to: 'expired' })))
			return runOut.length
		})
		swept += batch
		if (batch < batchSize) return swept
	}
}
