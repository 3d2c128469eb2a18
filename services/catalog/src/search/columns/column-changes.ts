import type { DatabaseMoment } from '@mercat/database/snapshot'
import type { IndexState } from './columns.ts'
import type { ProductStates } from './memory/product-table.ts'

/** A moment of the database, and the index at that moment. */
export type Moment = DatabaseMoment & {
	index: IndexState
}

/** What was committed between two moments. */
export type Changes = Moment & {
	/** The docs that have died. */
	deadDocs: number[]
	/** The present states of the products that may have changed, but for those in `rest`. */
	states: ProductStates
	/** The skus of further products that may have changed, and the docs that they had at this moment. */
	rest: string[]
	restDocs: (number | null)[]
}
