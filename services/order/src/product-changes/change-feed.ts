import type { OpenWatch, Watch } from '@mercat/catalog-api/open-watch'
import { type CatchUpsOptions, createCatchUps } from './catch-ups.ts'
import { type ChangeCursor, openChangeCursor } from './change-cursor.ts'
import { type ResetReason, showAge } from './change-metrics.ts'
import { type ChangeRingOptions, createChangeRing } from './change-ring.ts'
import { type ToldMessage, toToldMessage } from './told-message.ts'

export type ChangeFeedNeeds = {
	openWatch: OpenWatch
	log: { warn(facts: object, message: string): void; error(facts: object, message: string): void }
}

export type ChangeFeedOptions = ChangeRingOptions &
	CatchUpsOptions & {
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
	{ idleMs = defaultIdleMs, ...options }: ChangeFeedOptions = {},
): ChangeFeed & Disposable {
	const ring = createChangeRing(options)
	const catchUps = createCatchUps({ openWatch, onFault, hasArrived }, options)
	const readers = new Map<ChangeCursor, () => void>()
	let watch: Watch | undefined
	let idle: ReturnType<typeof setTimeout> | undefined
	// The time until which everything is told; before one is known, when the watch began.
	let asOfMs = 0
	const hideAge = showAge(() => (watch === undefined ? undefined : Math.max(0, Date.now() - asOfMs) / 1_000))

	function onFault(err: unknown): void {
		log.error({ err }, 'a message with changes of products cannot be told, so its readers begin anew')
	}

	// Without a time a message is one of many with quantities, and no reader can cross to the ring yet.
	function hasArrived({ position, asOf }: ToldMessage): boolean {
		const last = ring.last()
		return last !== undefined && asOf !== undefined && position >= last.position
	}

	function beginAnew(reason: ResetReason): void {
		ring.clear()
		for (const cursor of readers.keys()) cursor.reset(reason)
	}

	function take(message: ToldMessage): void {
		ring.push(message)
		asOfMs = message.asOfMs ?? asOfMs
	}

	function begin(): void {
		watch = openWatch({
			onMessage(message) {
				try {
					take(toToldMessage(message))
				} catch (error) {
					onFault(error)
					beginAnew('fault')
				}
				for (const wake of readers.values()) wake()
			},
			onExpired() {
				log.warn({ readers: readers.size }, 'the catalog does not have every change any more, so readers begin anew')
				beginAnew('expired')
				begin()
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
			if (watch === undefined) {
				asOfMs = Date.now()
				begin()
			}
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
			hideAge()
			stop()
		},
	}
}
