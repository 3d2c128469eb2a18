/** Why one row of a file cannot be imported; the rows after it can. */
export class RowError extends Error {
	override name = 'RowError'
}
