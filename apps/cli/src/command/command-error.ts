/** What a command tells its user in one line, without a stack trace, before it ends with the exit code. */
export class CommandError extends Error {
	override name = 'CommandError'
	readonly exitCode: number

	constructor(message: string, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
		super(message, { cause })
		this.exitCode = exitCode
	}
}
