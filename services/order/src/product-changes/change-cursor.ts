import type { CatchUpShare } from './catch-up.ts'
import type { CatchUps } from './catch-ups.ts'
import { type ResetReason, resetsTotal } from './change-metrics.ts'
import type { ChangeRing } from './change-ring.ts'
import type { ToldMessage } from './told-message.ts'

export type ChangeCursorNeeds = {
	ring: ChangeRing
	catchUps: CatchUps
}

/** `begin`: every change after the message follows. `reset`: the same, and changes before it are missing. */
export type Told = { kind: 'changes' | 'begin' | 'reset'; message: ToldMessage }

/** The place of one reader in the changes of the catalog. */
export type ChangeCursor = {
	/** What comes next; undefined when it has not come yet. A reader that was too slow has `lost` its place. */
	read(): Told | 'lost' | undefined
	/** Lets the reader begin anew: the changes after its place are not known any more. */
	reset(reason: ResetReason): void
	/** Whether other readers wait for this one. */
	holdsOthers(): boolean
	close(): void
}

// The catalog's tokens are shorter. No other text is worth a question.
const tokenForm = /^[!-~]{1,2048}$/

/**
 * @param token where the reader goes on. Undefined: it begins now.
 * @param wake is called when there may be something to read
 */
export function openChangeCursor(
	{ ring, catchUps }: ChangeCursorNeeds,
	token: string | undefined,
	wake: () => void,
): ChangeCursor {
	let begins: 'begin' | 'reset' | undefined
	let share: CatchUpShare | undefined
	let last: ToldMessage | undefined
	let lastTold: string | undefined
	let number = 0

	if (token === undefined) begins = 'begin'
	else if (!tokenForm.test(token)) beginAnew('invalid')
	else {
		const known = ring.after(token)
		if (known === undefined) share = catchUps.join(token, { wake, reset })
		else number = known
	}

	function leaveCatchUp(): void {
		share?.leave()
		share = undefined
	}

	function beginAnew(reason: ResetReason): void {
		begins = 'reset'
		resetsTotal.inc({ reason })
	}

	function reset(reason: ResetReason): void {
		leaveCatchUp()
		beginAnew(reason)
		wake()
	}

	function readBeginning(kind: 'begin' | 'reset'): Told | undefined {
		const place = ring.beginning()
		if (place === undefined) return undefined
		begins = undefined
		number = place.next
		return { kind, message: place.message }
	}

	function readCatchUp(catchUp: CatchUpShare): Told | undefined {
		const crossing = last && ring.cross(last, lastTold)
		if (crossing !== undefined) {
			leaveCatchUp()
			number = crossing.next
			return { kind: 'changes', message: crossing.message }
		}
		const message = catchUp.take()
		if (message === undefined) return undefined
		last = message
		lastTold = message.changes.findLast(({ isQuantity }) => !isQuantity)?.text ?? lastTold
		return { kind: 'changes', message }
	}

	function readRing(): Told | 'lost' | undefined {
		if (number < ring.first()) return 'lost'
		const message = ring.at(number)
		if (message === undefined) return undefined
		number++
		return { kind: 'changes', message }
	}

	return {
		read() {
			if (begins !== undefined) return readBeginning(begins)
			return share === undefined ? readRing() : readCatchUp(share)
		},
		reset,
		holdsOthers: () => share !== undefined,
		close: leaveCatchUp,
	}
}
