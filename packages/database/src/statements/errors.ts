/** A statement failed for now, or its outcome is unknown. Repeating it later may help. */
export class DatabaseUnavailableError extends Error {
	override name = 'DatabaseUnavailableError'
	/** Whether it belongs to an outage of the server, which has a line of its own in the log. */
	readonly isReported: boolean

	constructor(cause: unknown, isReported = isOutage(cause)) {
		super(isReported ? 'the database is unavailable' : 'the database could not complete a statement', { cause })
		this.isReported = isReported
	}
}

/** The caller's time is over. A statement that was sent before may still have been committed. */
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

// No SQLSTATE of PostgreSQL begins with E. Some errors of Node do and have five characters, such as EPIPE.
const stateForm = /^(?!E)[0-9A-Z]{5}$/

/** The five-character SQLSTATE of a database error; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
	const code = (error as { code?: unknown } | null)?.code
	return typeof code === 'string' && stateForm.test(code) ? code : undefined
}

/** Names the kind of an error, for `error.type`: its SQLSTATE, its code of Node such as ECONNRESET, or its class. */
export function errorCode(error: unknown): string {
	const { code } = (error ?? {}) as { code?: unknown }
	if (typeof code === 'string' && /^[0-9A-Z_]{1,40}$/.test(code)) return code
	return error instanceof Error ? error.name : '_OTHER'
}

/** The name of the constraint that a statement violated (SQLSTATE class 23); undefined for other errors. */
export function violatedConstraint(error: unknown): string | undefined {
	if (!sqlState(error)?.startsWith('23')) return undefined
	return (error as { constraint?: string }).constraint
}

/** Whether a statement failed because of its data (SQLSTATE classes 22 and 23), and would fail again. */
export function isItemsFault(error: unknown): boolean {
	return /^2[23]/.test(sqlState(error) ?? '')
}

/** Whether a lock was not free in time (lock_not_available). */
export function isLockTimeout(error: unknown): boolean {
	return error instanceof DatabaseUnavailableError && sqlState(error.cause) === '55P03'
}

/** Whether a transaction was rolled back in favour of another transaction, and may be repeated. */
export function isSerializationFailure(error: unknown): boolean {
	const state = sqlState(error)
	return state === '40001' || state === '40P01'
}

// 08 connection exceptions, 53 insufficient resources, 57 operator intervention (shutdown, crash, cancelled by a
// timeout), 58 disk and I/O errors, 55P03 lock not available, and those of a server that leaves.
const unavailableStates = /^(08|53|57|58|55P03|25006|55006)/

// 25006 the server was demoted and only reads, 57P01 to 57P03 it stops, crashed or starts, 55006 the database is in use
// by an operator's command.
const leavingStates = /^(25006|55006|57P0[1-3])$/

// The messages of `pg` for a lost or abandoned connection. These errors have no code.
const lostConnection =
	/^(Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/

/** Whether the connection is lost or unusable, so that the outcome of its statement is unknown. */
export function isConnectionTrouble(error: unknown): boolean {
	const state = sqlState(error)
	if (state !== undefined) return unavailableStates.test(state)
	if (!(error instanceof Error)) return false
	const { code } = error as { code?: unknown }
	return (typeof code === 'string' && /^(E[A-Z]+)$/.test(code)) || lostConnection.test(error.message)
}

// 08 connection exceptions, 53300 too many connections, 57P the server or the session was ended, and those of a server
// that leaves.
const outageStates = /^(08|53300|57P|25006|55006)/

/** Whether the server cannot be reached or used. A lock, a time limit or a full disk stops single statements only. */
function isOutage(error: unknown): boolean {
	const state = sqlState(error)
	return state === undefined ? isConnectionTrouble(error) : outageStates.test(state)
}

/** Whether no connection of the pool became free in time. Statements that take long are reason enough for that. */
export function isPoolExhausted(error: unknown): boolean {
	return error instanceof Error && error.message === 'timeout exceeded when trying to connect'
}

/** Whether a session ended or did not answer, so that its server may have stopped or may hang. */
export function isServerLost(error: unknown): boolean {
	return isServerLeaving(error) || (sqlState(error) === undefined && isConnectionTrouble(error))
}

/** Whether the server was demoted or stops, so that no other session with it should be used either. */
export function isServerLeaving(error: unknown): boolean {
	return leavingStates.test(sqlState(error) ?? '')
}
