/** A product file cannot be read, or cannot be read to its end. */
export class ProductFileError extends Error {
	override name = 'ProductFileError'
}
