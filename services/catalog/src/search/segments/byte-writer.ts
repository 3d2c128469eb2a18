/** Bytes that grow. Only the first `length` bytes count. */
export type ByteWriter = { bytes: Uint8Array; length: number }

const longestNumber = 5

export function createByteWriter(size = 1_024): ByteWriter {
	return { bytes: new Uint8Array(size), length: 0 }
}

/** Writes a whole number below 2^32: seven bits a byte, the lowest first, as LEB128 does. */
export function writeNumber(writer: ByteWriter, value: number): void {
	makeRoom(writer, longestNumber)
	const { bytes } = writer
	let rest = value
	while (rest > 127) {
		bytes[writer.length++] = (rest & 127) | 128
		rest >>>= 7
	}
	bytes[writer.length++] = rest
}

export function writeBytes(writer: ByteWriter, bytes: Uint8Array): void {
	makeRoom(writer, bytes.length)
	writer.bytes.set(bytes, writer.length)
	writer.length += bytes.length
}

const encoder = new TextEncoder()

/** Writes the length of the text in bytes, and the text. */
export function writeText(writer: ByteWriter, text: string): void {
	const { length } = text
	if (length < 128) {
		makeRoom(writer, length + 1)
		const { bytes, length: start } = writer
		let at = 0
		// Most texts are short and have one byte a letter. The encoder takes longer to begin than this loop takes to end.
		for (let unit = text.charCodeAt(0); at < length && unit < 128; unit = text.charCodeAt(at))
			bytes[start + ++at] = unit
		if (at === length) {
			bytes[start] = length
			writer.length = start + length + 1
			return
		}
	}
	const encoded = encoder.encode(text)
	writeNumber(writer, encoded.length)
	writeBytes(writer, encoded)
}

export function writtenBytes({ bytes, length }: ByteWriter, start = 0): Uint8Array {
	return bytes.subarray(start, length)
}

/** Grows the bytes so that `count` more have room. */
export function makeRoom(writer: ByteWriter, count: number): void {
	const needed = writer.length + count
	if (needed <= writer.bytes.length) return
	const larger = new Uint8Array(Math.max(needed, writer.bytes.length * 2))
	larger.set(writer.bytes.subarray(0, writer.length))
	writer.bytes = larger
}
