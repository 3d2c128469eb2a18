import type { ToldMessage } from './told-message.ts'

/** A place between two messages. */
export type RingPlace = {
	/** What the reader has, or is still to get, of the message before the place. */
	message: ToldMessage
	/** The number of the message after the place. */
	next: number
}

/** The latest messages of a watch. They are numbered, and no number comes twice. */
export type ChangeRing = {
	push(message: ToldMessage): void
	/** Forgets all messages: the next one does not follow them. */
	clear(): void
	/** The number of the first message that is left. */
	first(): number
	/** Undefined for a number whose message is forgotten, or has not come. */
	at(number: number): ToldMessage | undefined
	last(): ToldMessage | undefined
	/** The number after the message with this token; undefined when there is none. */
	after(token: string): number | undefined
	/**
	 * Where a reader begins that reads its products now. Undefined while no place is old enough: what it reads may be a second old,
	 * and so it must be told the changes of that second.
	 */
	beginning(): RingPlace | undefined
	/**
	 * Where a reader goes on that has the messages of another watch until `last`; `message` is what it lacks of that message.
	 * Undefined while it must go on with the other watch.
	 *
	 * @param lastTold the last change that is no quantity and that it has; undefined when it has none
	 */
	cross(last: ToldMessage, lastTold: string | undefined): RingPlace | undefined
}

export type ChangeRingOptions = {
	mostBytes?: number
	keepMs?: number
	/** How old products may be that a reader reads. */
	readsAreOldMs?: number
}

type Kept = ToldMessage & { cameAt: number }

const defaultMostBytes = 16 * 1024 * 1024
const defaultKeepMs = 300_000
const defaultReadsAreOldMs = 1_500
// Two watches tell a quantity at different times, at most so far apart.
const quantityMs = 2_500

export function createChangeRing({
	mostBytes = defaultMostBytes,
	keepMs = defaultKeepMs,
	readsAreOldMs = defaultReadsAreOldMs,
}: ChangeRingOptions = {}): ChangeRing {
	const messages = new Map<number, Kept>()
	const numbers = new Map<string, number>()
	let beganAt = 0
	let first = 0
	let next = 0
	let bytes = 0

	const kept = (number: number) => messages.get(number) as Kept

	function forgetFirst(): void {
		const message = kept(first)
		bytes -= message.bytes
		messages.delete(first)
		if (numbers.get(message.token) === first) numbers.delete(message.token)
		first++
	}

	const isTooMuch = (now: number) => next - first > 1 && (bytes > mostBytes || now - kept(first).cameAt > keepMs)

	/** The first number of which it is not true. It must be true of some from the first on, and of no later one. */
	function firstNot(isTrue: (message: Kept) => boolean): number {
		let [low, high] = [first, next]
		while (low < high) {
			const middle = (low + high) >>> 1
			if (isTrue(kept(middle))) low = middle + 1
			else high = middle
		}
		return low
	}

	/** The quantities that the other watch may not have told, from the messages before a number. */
	function quantitiesBefore(end: number, sinceMs: number) {
		let number = end
		while (number > first && (kept(number - 1).asOfMs ?? sinceMs) >= sinceMs) number--
		const quantities = []
		for (; number < end; number++) quantities.push(...kept(number).changes.filter(({ isQuantity }) => isQuantity))
		return quantities
	}

	/** How far the reader has the message that reaches its position: the number of it, and the index of its last change there. */
	function meeting(last: ToldMessage, lastTold: string | undefined): [number: number, told: number] | undefined {
		const reaching = firstNot(({ position }) => position < last.position)
		// A message may end within an entry of the log. Its position is that of the entry before, and so the next message counts, too.
		for (let number = reaching; lastTold !== undefined && number < next; number++) {
			const told = kept(number).changes.findLastIndex(({ text, isQuantity }) => !isQuantity && text === lastTold)
			if (told !== -1) return [number, told]
			if (kept(number).position > last.position) break
		}
		const isAtEnd = kept(next - 1).position === last.position && last.changes.every(({ isQuantity }) => isQuantity)
		return isAtEnd ? [reaching, kept(reaching).changes.length] : undefined
	}

	return {
		push(message) {
			const cameAt = performance.now()
			messages.set(next, { ...message, cameAt })
			numbers.set(message.token, next++)
			bytes += message.bytes
			while (isTooMuch(cameAt)) forgetFirst()
		},
		clear() {
			while (first < next) forgetFirst()
			beganAt = first
		},
		first: () => first,
		at: (number) => messages.get(number),
		last: () => messages.get(next - 1),
		after(token) {
			const number = numbers.get(token)
			return number === undefined ? undefined : number + 1
		},
		beginning() {
			if (first === next) return undefined
			const oldEnough = performance.now() - readsAreOldMs
			const number = firstNot(({ cameAt }) => cameAt <= oldEnough)
			if (number > first) return { message: kept(number - 1), next: number }
			// Many changes have pushed older messages out.
			return first > beganAt ? { message: kept(first), next: first + 1 } : undefined
		},
		cross(last, lastTold) {
			if (first === next || last.asOfMs === undefined) return undefined
			const sinceMs = last.asOfMs - quantityMs
			if ((kept(first).asOfMs ?? sinceMs + 1) > sinceMs) return undefined
			const met = meeting(last, lastTold)
			if (met === undefined) return undefined
			const [number, told] = met
			const message = kept(number)
			const left = message.changes.filter(({ isQuantity }, index) => isQuantity || index > told)
			return { message: { ...message, changes: [...quantitiesBefore(number, sinceMs), ...left] }, next: number + 1 }
		},
	}
}
