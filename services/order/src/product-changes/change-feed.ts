import type { OpenWatch, Watch } from '../catalog/watching/watch.ts'
import { createCatchUps } from './catch-ups.ts'
import { type ChangeCursor, openChangeCursor } from './change-cursor.ts'
import { type ChangeRingOptions, createChangeRing } from './change-ring.ts'
import { type ToldMessage, toToldMessage } from './told-message.ts'

export type ChangeFeedNeeds = {
	openWatch: OpenWatch
	log: { warn(facts: object, message: string): void; error(facts: object, message: string): void }
}

export type ChangeFeedOptions = ChangeRingOptions & {
	/** How long the catalog is watched after the last reader has left. */
	idleMs?: number
}

/** The changes of all products, which all readers of this process share. */
export type ChangeFeed = {
	/** Opens the place of a reader ({@link openChangeCursor}). */
	open(token: string | undefined, wake: () => void): ChangeCursor
}

const defaultIdleMs = 30_000

/** One watch of the catalog, while somebody reads. */
export function createChangeFeed(
	{ openWatch, log }: ChangeFeedNeeds,
	{ idleMs = defaultIdleMs, ...ringOptions }: ChangeFeedOptions = {},
): ChangeFeed & Disposable {
	const ring = createChangeRing(ringOptions)
	const catchUps = createCatchUps({ openWatch, onFault, hasArrived })
	const readers = new Map<ChangeCursor, () => void>()
	let watch: Watch | undefined
	let idle: ReturnType<typeof setTimeout> | undefined

	function onFault(err: unknown): void {
		log.error({ err }, 'a message with changes of products is left out')
	}

	function hasArrived({ position }: ToldMessage): boolean {
		const last = ring.last()
		return last !== undefined && position >= last.position
	}

	function begin(): void {
		watch = openWatch({
			onMessage(message) {
				try {
					ring.push(toToldMessage(message))
				} catch (error) {
					onFault(error)
				}
				for (const wake of readers.values()) wake()
			},
			onExpired() {
				log.warn({ readers: readers.size }, 'the catalog does not have every change any more, so readers begin anew')
				ring.clear()
				begin()
				for (const cursor of readers.keys()) cursor.reset()
			},
		})
	}

	function stop(): void {
		clearTimeout(idle)
		watch?.close()
		watch = undefined
		ring.clear()
	}

	return {
		open(token, wake) {
			clearTimeout(idle)
			if (watch === undefined) begin()
			const cursor = openChangeCursor({ ring, catchUps }, token, wake)
			readers.set(cursor, wake)
			return {
				...cursor,
				close() {
					cursor.close()
					if (readers.delete(cursor) && readers.size === 0) idle = setTimeout(stop, idleMs).unref()
				},
			}
		},
		[Symbol.dispose]() {
			for (const cursor of readers.keys()) cursor.close()
			readers.clear()
			stop()
		},
	}
}
