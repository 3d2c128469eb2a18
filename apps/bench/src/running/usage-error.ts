/** What the command line asks for is not to be had. */
export class UsageError extends Error {
	override name = 'UsageError'
}
