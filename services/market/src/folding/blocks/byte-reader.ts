/** Reads what a byte writer has written. */
export type ByteReader = ReturnType<typeof createByteReader>

/** Every read throws a RangeError after the end of the bytes. */
export function createByteReader(bytes: Uint8Array) {
	let place = 0

	function readNumber(): number {
		let value = 0
		let factor = 1
		for (;;) {
			const byte = bytes[place++]
			if (byte === undefined) throw new RangeError('the bytes end too early')
			if (byte < 128) return value + byte * factor
			value += (byte - 128) * factor
			factor *= 128
		}
	}

	return {
		readNumber,

		readSigned(): number {
			const value = readNumber()
			return value % 2 === 0 ? value / 2 : -(value + 1) / 2
		},

		readText(): string {
			const end = readNumber() + place
			if (end > bytes.length) throw new RangeError('the bytes end too early')
			const text = Buffer.from(bytes.buffer, bytes.byteOffset + place, end - place).toString()
			place = end
			return text
		},
	}
}
