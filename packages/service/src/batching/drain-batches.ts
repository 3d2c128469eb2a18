/**
 * Works on all waiting items, batch by batch, until a batch is not full.
 *
 * @param workOn works on up to `batchSize` items, and resolves to their number
 * @returns the number of items in all batches
 */
export async function drainBatches(batchSize: number, workOn: (batchSize: number) => Promise<number>): Promise<number> {
	let total = 0
	for (;;) {
		const count = await workOn(batchSize)
		total += count
		if (count < batchSize) return total
	}
}
