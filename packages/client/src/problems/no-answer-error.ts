/** No attempt got a whole answer. The request may have been done. The cause is what happened to the last attempt. */
export class NoAnswerError extends Error {
	override name = 'NoAnswerError'
	readonly attempts: number

	constructor({ method, url }: Pick<Request, 'method' | 'url'>, attempts: number, cause: unknown) {
		super(`no answer to ${method} ${new URL(url).pathname}, asked ${attempts} times; it may have been done`, { cause })
		this.attempts = attempts
	}
}
