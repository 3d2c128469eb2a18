import type { Dimension, SalesKey, SalesStep } from './sales-row.ts'

/** The place of a row among those of a selection. */
export type SalesCursor = Pick<SalesKey, 'beginMs' | 'key' | 'currency'>

/** Sales of a step, such as those of each product that entered a status. */
export type SalesSelection = {
	by: Dimension
	step: SalesStep
	/** The status that the orders have entered. It counts nothing by status, where it is what is counted by. */
	status: string
}

/** Rows of sales whose steps begin in a span of time, in milliseconds since 1970. The end does not belong to it. */
export type SalesQuery = SalesSelection & {
	fromMs: number
	toMs: number
	/** The rows after this one. */
	after?: SalesCursor | undefined
	limit: number
}

/** What orders have sold: pieces, and their amount in minor units. */
export type SalesRow = SalesKey & { orders: number; quantity: number; amountMinor: number }

/** Where the sales were in the log of events when they were read. */
export type SalesMark = {
	position: number | null
	undos: number
	/** All transitions that the log had then were counted: milliseconds since 1970. Null before the first page of the log. */
	throughMs: number | null
}
