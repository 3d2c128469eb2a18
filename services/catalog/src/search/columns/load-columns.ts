import { createTurns } from '../../turns/turns.ts'
import type { Moment } from './column-changes.ts'
import { createProductTable, type ProductStates, type ProductTable } from './memory/product-table.ts'

export type LoadColumnsNeeds = {
	readMoment(): Promise<Moment>
	/** The next products behind a sku, in the order of their skus. */
	readSlice(after: string, size: number): Promise<ProductStates>
}

export type LoadColumnsOptions = {
	/** Stops the load between two slices. */
	signal: AbortSignal
	/** How many products one statement reads. */
	sliceSize?: number
}

// The driver turns a slice into lists in one turn of the event loop. Larger slices are no faster.
const usualSliceSize = 1_000

/** Reads all products. The table is complete once it has the changes since the moment, too. */
export async function loadColumns(
	{ readMoment, readSlice }: LoadColumnsNeeds,
	{ signal, sliceSize = usualSliceSize }: LoadColumnsOptions,
): Promise<{ table: ProductTable; moment: Moment }> {
	const moment = await readMoment()
	const table = createProductTable()
	const turns = createTurns()
	let slice = await readSlice('', sliceSize)
	while (slice.skus.length > 0) {
		signal.throwIfAborted()
		// The database reads the next slice meanwhile.
		const [next] = await Promise.all([readSlice(slice.skus.at(-1) ?? '', sliceSize), apply(slice)])
		slice = next
	}
	return { table, moment }

	async function apply(states: ProductStates): Promise<void> {
		table.apply(states, new Map(), 0)
		await turns.next()
	}
}
