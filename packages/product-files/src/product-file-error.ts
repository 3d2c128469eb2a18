/** A product file cannot be read, or cannot be read to its end. The code is fixed, and the message is for people. */
export class ProductFileError extends Error {
	override name = 'ProductFileError'
	readonly code: string

	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options)
		this.code = code
	}
}
