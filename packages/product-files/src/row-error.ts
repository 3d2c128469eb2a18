/** One row of a file cannot be imported. The other rows can. */
export class RowError extends Error {
	override name = 'RowError'
}
