/**
 * Does work batch by batch until a batch is not full, such as all that is due now.
 *
 * @param workOn works on up to `batchSize` items and tells how many there were
 * @returns how many items there were in all
 */
export async function drainBatches(batchSize: number, workOn: (batchSize: number) => Promise<number>): Promise<number> {
	let total = 0
	for (;;) {
		const count = await workOn(batchSize)
		total += count
		if (count < batchSize) return total
	}
}
