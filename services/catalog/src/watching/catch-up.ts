import type { Availability } from '../changes/availability/availability.ts'
import type { ChangeLog } from '../changes/log/change-log.ts'
import { CatalogError } from '../errors/catalog-error.ts'
import type { ChangeEncoder } from './encoding/change-encoder.ts'
import { type EncodedPart, quantityParts } from './encoding/encoded-part.ts'
import type { WatchedEntry } from './encoding/watched-entry.ts'
import { addChanges, createMessage } from './live/message.ts'
import type { ResponseRests } from './live/response-rests.ts'
import type { WatchHub } from './live/watch-hub.ts'
import { continuesWith, isSameEntry, type Place } from './places/place.ts'
import type { SettledMoments } from './places/settled-moments.ts'
import {
	behindAllSkus,
	hasRoomForChunk,
	isStateTold,
	isToldNow,
	type StatePlace,
	settleChunks,
	withChunk,
} from './places/state-place.ts'
import type { WatchFilter } from './places/watch-filter.ts'
import type { SharedReads } from './state/shared-reads.ts'

export type CatchUpNeeds = {
	hub: Pick<WatchHub, 'place' | 'looks' | 'recent' | 'lose'>
	log: ChangeLog<WatchedEntry>
	availability: Pick<Availability, 'knownTo' | 'floor' | 'since'>
	reads: SharedReads
	encoder: ChangeEncoder
	settled: SettledMoments
	rests: ResponseRests
}

/** `waits` when nothing can be done now; `done` at the end of the log, when all is told. */
export type Step = 'told' | 'waits' | 'done'

/** One stream on its way to the end of the log. */
export type CatchUp = {
	place(): Place
	/** Whether a part of the initial state is left. Then commits may have been told that have no position in the log yet. */
	isInState(): boolean
	/** Does the next piece of work, and tells at most one response. It never returns a promise of `done`. */
	step(tell: (response: Buffer) => void): Promise<Step> | Step
}

/** What is told before anything else. */
type Pending = {
	parts: readonly EncodedPart[]
	next: number
	/** The place after the parts up to a sku. */
	placeAt(sku: string): Place
	placeAfter(): Place
}

export function createCatchUp(needs: CatchUpNeeds, filter: WatchFilter, start: Place): CatchUp {
	const { hub, log, availability, reads, encoder, settled, rests } = needs
	let place = start
	let pending: Pending | undefined
	let moment = settled.latest()
	let toldLooks = -1

	const fits = {
		get all() {
			return filter.skus === undefined && place.state === undefined
		},
		one: (entry: WatchedEntry, sku: string) =>
			filter.has(sku) && (place.state === undefined || isToldNow(place.state, entry, sku)),
	}

	function tellPending({ parts, next, placeAt, placeAfter }: Pending, tell: (response: Buffer) => void): Step {
		const message = createMessage()
		let index = next
		for (; index < parts.length; index++) {
			const { bytes } = parts[index] as EncodedPart
			if (!message.hasRoomFor(bytes.length)) break
			message.add(bytes)
		}
		const isAll = index === parts.length
		place = isAll ? placeAfter() : placeAt((parts[index - 1] as EncodedPart).sku)
		pending = isAll ? undefined : { parts, next: index, placeAt, placeAfter }
		if (!message.isEmpty()) tell(message.close(rests.at(filter, place)))
		return 'told'
	}

	async function readLog(tell: (response: Buffer) => void): Promise<Step> {
		const { events, readTo } = await log.tail.read(place.position)
		const [first] = events
		if (first === undefined && readTo === place.position) return 'waits'
		if (first?.position !== place.position + 1) throw new CatalogError('RESUME_TOKEN_EXPIRED')
		return tellLog(events, tell)
	}

	function tellLog(entries: readonly WatchedEntry[], tell: (response: Buffer) => void): Step {
		if (!continuesWith(place, entries)) return lose()
		const message = createMessage()
		place = { ...place, ...addChanges(message, place, entries, fits) }
		if (!message.isEmpty()) tell(message.close(rests.at(filter, place)))
		return 'told'
	}

	function lose(): Step {
		hub.lose()
		return 'waits'
	}

	function stepAtEnd(tell: (response: Buffer) => void): Promise<Step> | Step {
		findQuantities()
		if (pending !== undefined) return tellPending(pending, tell)
		const { state, quantitiesTo } = place
		if (state !== undefined && state.through !== behindAllSkus) {
			const settledState = settle(state)
			return hasRoomForChunk(settledState) ? readState(settledState) : waitForLog()
		}
		if (quantitiesTo !== undefined) return readQuantities(quantitiesTo)
		if (state === undefined) return 'done'
		if (!isStateTold(settle(state))) return waitForLog()
		place = { ...place, state: undefined }
		tell(createMessage().close(rests.endOfState(filter, place)))
		return 'told'
	}

	/** Takes the quantities that have changed since those that are told. */
	function findQuantities(): void {
		const knownTo = Math.max(availability.knownTo(), place.stockAt)
		const looks = hub.looks()
		// A look in several parts is known before `knownTo` tells it.
		if (place.stockAt === knownTo && looks === toldLooks) return
		toldLooks = looks
		const isUnknown = place.stockAt < availability.floor()
		const told = { ...place, stockAt: knownTo }
		if (filter.productsOnly) place = told
		else if (isUnknown) place = { ...told, quantitiesTo: '' }
		else {
			const changed = availability.since(place.stockAt).filter(({ sku }) => filter.has(sku) && isQuantityTold(sku))
			const placeBefore = place
			if (changed.length === 0) place = told
			else
				pending = {
					parts: quantityParts(changed, encoder),
					next: 0,
					placeAt: () => placeBefore,
					placeAfter: () => told,
				}
		}
	}

	// The quantity of any other product is still to be read.
	function isQuantityTold(sku: string): boolean {
		const { state, quantitiesTo } = place
		return (state === undefined || sku <= state.through) && (quantitiesTo === undefined || sku <= quantitiesTo)
	}

	/** Drops what is settled of the chunks. */
	function settle(state: StatePlace): StatePlace {
		if (place.position < moment.position) return state
		const next = settleChunks(state, moment.atMs)
		place = { ...place, state: next }
		moment = settled.latest()
		return next
	}

	// The hub wakes the stream after each run of the writer.
	function waitForLog(): Step {
		log.settle().catch(() => {})
		return 'waits'
	}

	async function readState(state: StatePlace): Promise<Step> {
		const { parts, upTo, snapshot, atMs } = await reads.readState(filter, place, state.through)
		const placeAt = (sku: string) => ({
			...place,
			state: withChunk(place.state ?? state, { upTo: sku, snapshot, atMs }),
		})
		pending = { parts, next: 0, placeAt, placeAfter: () => placeAt(upTo) }
		return 'told'
	}

	async function readQuantities(after: string): Promise<Step> {
		const { parts, upTo } = await reads.readQuantities(filter, place, after)
		const placeAfter = () => ({ ...place, quantitiesTo: upTo === behindAllSkus ? undefined : upTo })
		pending = { parts, next: 0, placeAt: (sku) => ({ ...place, quantitiesTo: sku }), placeAfter }
		return 'told'
	}

	return {
		place: () => place,
		isInState: () => place.state !== undefined,
		step(tell) {
			if (pending !== undefined) return tellPending(pending, tell)
			const entries = hub.recent(place.position)
			if (entries === undefined) return readLog(tell)
			if (entries.length > 0) return tellLog(entries, tell)
			const end = hub.place()
			if (place.position !== end.position) return 'waits'
			return place.told === 0 && isSameEntry(place.identity, end.identity) ? stepAtEnd(tell) : lose()
		},
	}
}
