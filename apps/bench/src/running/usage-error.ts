/** The command line is wrong: an unknown option, measure or commit, or a value that is not allowed. */
export class UsageError extends Error {
	override name = 'UsageError'
}
