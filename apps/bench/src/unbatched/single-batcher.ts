import { type Batcher, type BatcherOptions, createBatcher as createRealBatcher } from '@mercat/service/batcher'

/** The services' batcher, with batches of one and no limit to how many are under way. */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
	return createRealBatcher({ ...options, mostItems: 1, mostBatches: Number.POSITIVE_INFINITY })
}
