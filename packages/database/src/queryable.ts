export type Engine = 'postgres' | 'pglite'

export type Row = Record<string, unknown>

/** A statement that the server prepares once per connection. */
export type Statement = { name: string; text: string }

export type Queryable = {
	/** The rows that one statement returns. */
	query<R = Row>(statement: string | Statement, values?: readonly unknown[]): Promise<R[]>
}

/**
 * The statements of one transaction. Those that are asked for without waiting in between travel
 * together, and are run in the order in which they were asked for.
 */
export type Transaction = Queryable & {
	/** The last statement, which travels with the commit: no time is looked at between them. */
	queryAndCommit<R = Row>(statement: string | Statement, values?: readonly unknown[]): Promise<R[]>
}
