/** The database cannot be asked now, or the outcome of a statement is unknown. Asking again may help. */
export class DatabaseUnavailableError extends Error {
	override name = 'DatabaseUnavailableError'

	constructor(cause: unknown) {
		super('the database is unavailable', { cause })
	}
}

/** Whoever asked does not wait any longer. What was begun in time may have happened, and asking again tells. */
export class OutOfTimeError extends Error {
	override name = 'OutOfTimeError'

	constructor(cause?: unknown) {
		super('the time is over', { cause })
	}
}

/** Another process has the embedded database open. */
export class DatabaseInUseError extends Error {
	override name = 'DatabaseInUseError'
}

/** The five-character SQLSTATE of an error that the database raised. */
export function sqlState(error: unknown): string | undefined {
	const code = (error as { code?: unknown } | null)?.code
	return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** The name of the constraint that a statement violated (SQLSTATE class 23). */
export function violatedConstraint(error: unknown): string | undefined {
	if (!sqlState(error)?.startsWith('23')) return undefined
	return (error as { constraint?: string }).constraint
}

/** A statement that failed on its data (SQLSTATE classes 22 and 23), and would fail on them again. */
export function isItemsFault(error: unknown): boolean {
	return /^2[23]/.test(sqlState(error) ?? '')
}

/** A transaction that was rolled back for another's sake and may be run again. */
export function isSerializationFailure(error: unknown): boolean {
	const state = sqlState(error)
	return state === '40001' || state === '40P01'
}

// Connection exceptions, insufficient resources, operator intervention (shutdown, crash, cancelled by
// a timeout), lock not available, disk and I/O trouble.
const unavailableStates = /^(08|53|57|58|55P03)/

// How `pg` says that it has lost or given up a connection; it has no codes for these.
const lostConnection =
	/^(Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/

/** The connection is lost or of no use, so that what it was doing may or may not have happened. */
export function isConnectionTrouble(error: unknown): boolean {
	const state = sqlState(error)
	if (state !== undefined) return unavailableStates.test(state)
	if (!(error instanceof Error)) return false
	const { code } = error as { code?: unknown }
	return (typeof code === 'string' && /^(E[A-Z]+)$/.test(code)) || lostConnection.test(error.message)
}
