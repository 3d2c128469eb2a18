import type { ToldMessage } from './told-message.ts'

/** The way from another watch of the catalog to the messages of the ring. */
export type Crossing = {
	/** What is left to tell of the message at which the reader comes in. */
	message: ToldMessage
	/** The number of the next message. */
	next: number
}

/** The latest messages of a watch. They are numbered, and no number comes twice. */
export type ChangeRing = {
	push(message: ToldMessage): void
	/** Forgets all messages: the next one does not follow them. */
	clear(): void
	/** The number of the first message that is left, and the number that the next new one will get. */
	first(): number
	next(): number
	/** Undefined for a number whose message is forgotten, or has not come. */
	at(number: number): ToldMessage | undefined
	last(): ToldMessage | undefined
	/** The number after the message with this token; undefined when there is none. */
	after(token: string): number | undefined
	/**
	 * Where a reader goes on that has the messages of another watch until `last`. Undefined while it must go on with the other
	 * watch.
	 *
	 * @param lastKey the key of the last change of a product or price that it has
	 */
	cross(last: ToldMessage, lastKey: string | undefined): Crossing | undefined
}

export type ChangeRingOptions = {
	mostBytes?: number
	keepMs?: number
}

const defaultMostBytes = 16 * 1024 * 1024
const defaultKeepMs = 300_000
// Two watches tell a quantity at different times, at most so far apart.
const quantityMs = 3_000

export function createChangeRing({
	mostBytes = defaultMostBytes,
	keepMs = defaultKeepMs,
}: ChangeRingOptions = {}): ChangeRing {
	const messages = new Map<number, ToldMessage & { cameAt: number }>()
	const numbers = new Map<string, number>()
	let first = 0
	let next = 0
	let bytes = 0

	function forgetFirst(): void {
		const message = messages.get(first) as ToldMessage
		bytes -= message.bytes
		messages.delete(first)
		if (numbers.get(message.token) === first) numbers.delete(message.token)
		first++
	}

	function isOver(now: number): boolean {
		return next - first > 1 && (bytes > mostBytes || now - (messages.get(first)?.cameAt ?? now) > keepMs)
	}

	/** The first message that reaches the position. */
	function reaching(position: number): number {
		let [low, high] = [first, next]
		while (low < high) {
			const middle = (low + high) >>> 1
			if ((messages.get(middle) as ToldMessage).position < position) low = middle + 1
			else high = middle
		}
		return low
	}

	/** Quantities that the other watch may not have told. */
	function* quantitiesBefore(end: number, sinceMs: number) {
		let number = end
		while (number > first && (messages.get(number - 1) as ToldMessage).asOfMs >= sinceMs) number--
		for (; number < end; number++) {
			yield* (messages.get(number) as ToldMessage).changes.filter(({ key }) => key === undefined)
		}
	}

	return {
		push(message) {
			const cameAt = performance.now()
			messages.set(next, { ...message, cameAt })
			numbers.set(message.token, next++)
			bytes += message.bytes
			while (isOver(cameAt)) forgetFirst()
		},
		clear() {
			while (first < next) forgetFirst()
		},
		first: () => first,
		next: () => next,
		at: (number) => messages.get(number),
		last: () => messages.get(next - 1),
		after(token) {
			const number = numbers.get(token)
			return number === undefined ? undefined : number + 1
		},
		cross(last, lastKey) {
			const number = reaching(last.position)
			const entry = messages.get(number)
			if (entry === undefined) return undefined
			// The watches need not cut the log at the same places. The reader has the changes of the message until its own last one.
			const isWhole = entry.position === last.position
			const told = isWhole ? entry.changes.length : entry.changes.findIndex(({ key }) => key === lastKey)
			if (told === -1 || (!isWhole && lastKey === undefined)) return undefined
			const left = entry.changes.filter(({ key }, index) => key === undefined || index > told)
			const changes = [...quantitiesBefore(number, last.asOfMs - quantityMs), ...left]
			return { message: { ...entry, changes }, next: number + 1 }
		},
	}
}
