// gRPC clients take 4 MB in one message. This leaves a margin.
const mostPageBytes = 3 * 1024 * 1024

/** The bytes of the items of a page. `add` tells whether the item still fits into one message. */
export function createPageBytes(): { add(item: unknown): boolean } {
	let bytes = 0
	return {
		add(item) {
			// JSON is about as long as the message itself.
			bytes += Buffer.byteLength(JSON.stringify(item))
			return bytes <= mostPageBytes
		},
	}
}
