import { garbageText } from './garbage.ts'
import { wholeFrom } from './random.ts'

/** What goes wrong between the exchange and a subscriber. Each is a share of the messages, from 0 to 1. */
export type WireFaults = {
	/** Left out. A subscriber that asks again gets them. */
	gaps?: number
	/** Sent again, after some others. */
	duplicates?: number
	/** Sent after some others. */
	reordered?: number
	/** Behind something that is no message. */
	garbage?: number
	random: () => number
}

/** The messages to send now, in place of one message. */
export type Disturb = {
	send(message: Buffer): Buffer[]
	/** The messages that are held back. They are sent now. */
	flush(): Buffer[]
}

const longestHold = 3

export function createDisturb({ gaps = 0, duplicates = 0, reordered = 0, garbage = 0, random }: WireFaults): Disturb {
	let held: { message: Buffer; behind: number }[] = []
	const happens = (share: number) => share > 0 && random() < share

	function hold(message: Buffer): void {
		held.push({ message, behind: 1 + wholeFrom(random, longestHold) })
	}

	/** Those that have been held back long enough. */
	function release(): Buffer[] {
		if (held.length === 0) return []
		for (const one of held) one.behind--
		const due = held.filter(({ behind }) => behind < 0)
		held = held.filter(({ behind }) => behind >= 0)
		return due.map(({ message }) => message)
	}

	return {
		send(message) {
			const sent: Buffer[] = happens(garbage) ? [Buffer.from(garbageText(random))] : []
			if (happens(gaps)) return sent
			const isLate = happens(reordered)
			if (isLate || happens(duplicates)) hold(message)
			if (!isLate) sent.push(message)
			return [...sent, ...release()]
		},
		flush() {
			const all = held.map(({ message }) => message)
			held = []
			return all
		},
	}
}
