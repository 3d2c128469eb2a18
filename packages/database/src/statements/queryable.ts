export type Engine = 'postgres' | 'pglite'

export type Row = Record<string, unknown>

/** A statement that the server prepares once for each connection. */
export type Statement = { name: string; text: string }

/** A statement that is put together and therefore not prepared. The summary names it in spans and metrics. */
export type BuiltStatement = { summary: string; text: string }

export type AnyStatement = string | Statement | BuiltStatement

export type Queryable = {
	/** Runs one statement, and resolves to its rows. */
	query<R = Row>(statement: AnyStatement, values?: readonly unknown[]): Promise<R[]>
}

/** A running transaction. Statements that are started without waiting are sent together, and run in their order. */
export type Transaction = Queryable & {
	/** Runs the last statement and sends the commit together with it. The budget is not checked between the two. */
	queryAndCommit<R = Row>(statement: AnyStatement, values?: readonly unknown[]): Promise<R[]>
}
