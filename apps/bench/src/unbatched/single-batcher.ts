import { type Batcher, type BatcherOptions, createBatcher as createRealBatcher } from '@mercat/service/batcher'

/** The batcher of the services, with one item per batch and an unlimited number of concurrent batches. */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
	return createRealBatcher({ ...options, mostItems: 1, mostBatches: Number.POSITIVE_INFINITY })
}
