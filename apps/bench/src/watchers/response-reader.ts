/** What a watcher hears. */
export type Listener = {
	price(sku: Product, amountMinor: number, changedAtMs: number): void
	quantity(): void
	token(bytes: Buffer): void
}

/** The number of a product of the bench: SKU-00007 is 7. */
type Product = number

const digits = 5
const zero = 48

/**
 * Reads a WatchProductsResponse in the wire format of Protocol Buffers. It makes no objects, because the watchers share the machine
 * with the services, and must not be what is measured.
 */
export function readResponse(bytes: Buffer, listener: Listener): void {
	let at = 0
	let product = 0
	let amountMinor = 0
	let seconds = 0
	let nanos = 0

	function varint(): number {
		let value = 0
		for (let factor = 1; ; factor *= 128) {
			const byte = bytes[at++] as number
			if (byte < 128) return value + byte * factor
			value += (byte - 128) * factor
		}
	}

	// Not `at += varint()`, which adds to where the length began.
	function skip(length: number): void {
		at += length
	}

	/** Calls `read` for each field until the end. It returns whether it has read the value. */
	function fields(end: number, read: (field: number) => boolean): void {
		while (at < end) {
			const tag = varint()
			if (read(tag >>> 3)) continue
			const wireType = tag & 7
			if (wireType === 0) varint()
			else if (wireType === 2) skip(varint())
			else throw new Error(`the wire type ${wireType} is none of the messages of the catalog`)
		}
	}
	const message = (read: (field: number) => boolean): true => {
		const length = varint()
		fields(at + length, read)
		return true
	}

	const readMoney = (field: number) => {
		if (field !== 2) return false
		amountMinor = varint()
		return true
	}
	const readPrice = (field: number) => field === 1 && message(readMoney)
	const readTime = (field: number) => {
		if (field === 1) seconds = varint()
		else if (field === 2) nanos = varint()
		else return false
		return true
	}
	const readChange = (field: number) => {
		if (field === 1) {
			const end = varint() + at
			product = 0
			for (let digit = end - digits; digit < end; digit++) product = 10 * product + (bytes[digit] as number) - zero
			at = end
			return true
		}
		if (field === 3) return message(readPrice)
		if (field === 4) listener.quantity()
		return field === 5 && message(readTime)
	}
	fields(bytes.length, (field) => {
		if (field === 1) {
			amountMinor = 0
			nanos = 0
			message(readChange)
			if (amountMinor > 0) listener.price(product, amountMinor, 1000 * seconds + nanos / 1e6)
			return true
		}
		if (field !== 2) return false
		const length = varint()
		listener.token(bytes.subarray(at, at + length))
		at += length
		return true
	})
}
