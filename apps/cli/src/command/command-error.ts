/** An error that the command reports to its user in one line, without a stack trace. */
export class CommandError extends Error {
	override name = 'CommandError'
	readonly exitCode: number

	constructor(message: string, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
		super(message, { cause })
		this.exitCode = exitCode
	}
}
