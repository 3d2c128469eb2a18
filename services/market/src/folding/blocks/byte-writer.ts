const mostBytesOfNumber = 8

/** Writes bytes, and numbers in as few bytes as they need. */
export type ByteWriter = ReturnType<typeof createByteWriter>

/** @param expected how many bytes there will be. More bytes cost a copy. */
export function createByteWriter(expected: number) {
	let bytes = new Uint8Array(expected)
	let length = 0

	function makeRoom(count: number): void {
		if (length + count <= bytes.length) return
		const larger = new Uint8Array(2 * (length + count))
		larger.set(bytes)
		bytes = larger
	}

	function writeNumber(value: number): void {
		makeRoom(mostBytesOfNumber)
		let rest = value
		while (rest >= 128) {
			bytes[length++] = (rest % 128) | 128
			rest = rest < 2 ** 31 ? rest >> 7 : Math.floor(rest / 128)
		}
		bytes[length++] = rest
	}

	return {
		/** @param value an integer from 0 to 2^53 - 1 */
		writeNumber,

		/** @param value an integer from -2^52 to 2^52 - 1 */
		writeSigned(value: number): void {
			writeNumber(value < 0 ? -2 * value - 1 : 2 * value)
		},

		/** Writes a text with its length. */
		writeText(text: string): void {
			const encoded = Buffer.from(text)
			writeNumber(encoded.length)
			makeRoom(encoded.length)
			bytes.set(encoded, length)
			length += encoded.length
		},

		written: (): Uint8Array => bytes.subarray(0, length),
	}
}
