import type { Tick } from '../ticks/tick.ts'
import { isBeyond } from './price-guards.ts'

type OpenHold = {
	currency: string
	/** The first price of those that agree. */
	amount: number
	/** How many ticks in a row agree, with the first one. */
	ticks: number
	/** The time of the last of them, in milliseconds since 1970. */
	atMs: number
	/** Whether a hard guard held one of them. Then they release nothing, however many they are. */
	isHard: boolean
}

type HeldTick = Pick<Tick, 'currency' | 'amountMinor' | 'atMs'>

/** The prices of a source that are held, each with the ticks since then that agree with it. */
export type OpenHolds = ReturnType<typeof createOpenHolds>

export function createOpenHolds({ leastMovePercent, agreeing }: { leastMovePercent: number; agreeing: number }) {
	const holds = new Map<number, OpenHold>()
	return {
		/**
		 * Notes a price that would be held. A tick that comes again, as with a snapshot, agrees no more than before.
		 *
		 * @param isHard whether a hard guard holds it
		 * @returns whether enough ticks agree for it to be accepted
		 */
		note(slot: number, { currency, amountMinor, atMs }: HeldTick, isHard: boolean): boolean {
			const hold = holds.get(slot)
			if (hold?.currency === currency && !isBeyond(hold.amount, amountMinor, leastMovePercent)) {
				if (atMs > hold.atMs) hold.ticks++
				hold.atMs = Math.max(hold.atMs, atMs)
				hold.isHard ||= isHard
				return !hold.isHard && hold.ticks >= agreeing
			}
			holds.set(slot, { currency, amount: amountMinor, ticks: 1, atMs, isHard })
			return false
		},

		/** A newer price of the product was accepted. */
		end(slot: number): void {
			if (holds.size > 0) holds.delete(slot)
		},
	}
}
