import { GeneralError } from '@mercat/grpc-service/general-error'
import type { Logger } from '@mercat/service/log'
import type { Availability } from '../../changes/availability/availability.ts'
import type { ChangeLog } from '../../changes/log/change-log.ts'
import type { ChangeEncoder } from '../encoding/change-encoder.ts'
import { quantityParts } from '../encoding/encoded-part.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'
import type { LogPlace, Place } from '../places/place.ts'
import type { WatchFilter } from '../places/watch-filter.ts'
import { followLog, type HubLog } from './hub-log.ts'
import { createLiveGroup, type LiveGroup, type LiveMember } from './live-group.ts'
import type { ResponseRests } from './response-rests.ts'

/** A stream as the hub knows it. */
export type HubStream = LiveMember & {
	readonly filter: WatchFilter
	/** There may be something to tell. */
	wake(): void
	/** Is called every second. */
	check(): void
	/** Quantities were missed. Live streams go back to where they read for themselves, and tell all quantities anew. */
	missedQuantities(place: Place): void
	/** The database may have lost what has no position yet. */
	databaseFailed(): void
}

export type WatchHub = Disposable & {
	/** Has the hub follow the log and the quantities until `leave` is called as often, also after an error. Resolves once it does. */
	enter(): Promise<void>
	leave(): void
	add(stream: HubStream): void
	remove(stream: HubStream): void
	/** Where the streams are that have reached the end of the log. */
	place(): Place
	/** How many times changed quantities were told to the groups. */
	looks(): number
	/** The next entries behind a position, unless they are too far behind. */
	recent(position: number): WatchedEntry[] | undefined
	/** Makes a stream that is at `place()` live: from now on it gets what its group gets. */
	join(stream: HubStream): void
	/** Takes a stream out of its group. It reads for itself again. */
	quit(stream: HubStream): void
	/** Has all streams end, because the log does not go on where they are. */
	lose(): void
	/** A connection to the database was lost. */
	databaseFailed(): void
}

export type WatchHubNeeds = {
	log: ChangeLog<WatchedEntry>
	availability: Pick<Availability, 'follow' | 'knownTo' | 'onLook' | 'onReset'>
	rests: ResponseRests
	encoder: ChangeEncoder
	logger: Pick<Logger, 'warn' | 'error'>
}

const checkMs = 1_000
type Followed = { reader: HubLog; quantities: Promise<Disposable> }

/** What the streams of this process share: the end of the log, and the groups that are there. Without a stream it does nothing. */
export function createWatchHub({ log, availability, rests, encoder, logger }: WatchHubNeeds): WatchHub {
	const streams = new Set<HubStream>()
	const groups = new Map<WatchFilter, LiveGroup>()
	let followed: Followed | undefined
	let visitors = 0
	let looks = 0

	/** Begins at the end of the log. It begins anew after that was lost. */
	async function follow(): Promise<void> {
		const { position, identity } = log.settled() ?? (await log.settle())
		followed ??= {
			reader: followLog({ log, logger, tell, lose }, { position, identity, told: 0 }),
			quantities: availability.follow(),
		}
		const { quantities } = followed
		try {
			await quantities
		} catch (error) {
			if (followed?.quantities === quantities) followed = undefined
			throw error
		}
		followed?.reader.readOn()
	}

	/** @throws GeneralError DATABASE_UNAVAILABLE for a stream that came just when the end of the log was lost */
	function current(): Followed {
		if (followed === undefined) throw new GeneralError('DATABASE_UNAVAILABLE')
		return followed
	}

	function stopFollowing(): void {
		followed?.reader.stop()
		followed?.quantities.then((stop) => stop[Symbol.dispose]()).catch(() => {})
		followed = undefined
		groups.clear()
	}

	const withStock = (place: LogPlace): Place => ({ ...place, stockAt: availability.knownTo() })
	const place = () => withStock(current().reader.place())

	function tell(entries: readonly WatchedEntry[], from: LogPlace, to: LogPlace): void {
		tellGroups((group) => group.tellEntries(entries, withStock(from), withStock(to)))
	}

	function tellGroups(tellGroup: (group: LiveGroup) => void): void {
		for (const group of groups.values()) {
			try {
				tellGroup(group)
			} catch (err) {
				// The place of the hub is behind what was to be told.
				logger.error({ err }, 'could not tell streams what has changed: they end')
				for (const member of [...group.members]) member.lose()
			}
		}
		wakeAll()
	}

	function quit(stream: HubStream): void {
		const group = groups.get(stream.filter)
		group?.members.delete(stream)
		if (group?.members.size === 0) groups.delete(stream.filter)
	}

	function wakeAll(): void {
		for (const stream of streams) stream.wake()
	}

	function lose(): void {
		const { tail } = log
		if (followed !== undefined) tail.reset(tail.last())
	}

	function endAll(): void {
		const lost = [...streams]
		stopFollowing()
		for (const stream of lost) stream.lose()
	}

	const stops = [
		log.tail.onGrowth(() => followed?.reader.readOn()),
		log.tail.onReset(endAll),
		log.onSettled(wakeAll),
		availability.onLook(({ quantities }) => {
			if (followed === undefined) return
			looks++
			const parts = quantityParts(quantities, encoder)
			tellGroups((group) => group.tellQuantities(parts, place(), place()))
		}),
		availability.onReset(() => {
			if (followed === undefined) return
			groups.clear()
			for (const stream of streams) {
				stream.missedQuantities({ ...place(), quantitiesTo: stream.filter.productsOnly ? undefined : '' })
			}
		}),
	]
	const checks = setInterval(() => {
		for (const stream of [...streams]) stream.check()
		if (followed === undefined) return
		for (const group of groups.values()) group.check(place())
		followed.reader.readOn()
	}, checkMs)

	return {
		enter() {
			visitors++
			return follow()
		},
		leave() {
			if (--visitors === 0) stopFollowing()
		},
		add: (stream) => void streams.add(stream),
		remove(stream) {
			streams.delete(stream)
			quit(stream)
		},
		place,
		looks: () => looks,
		recent: (position) => current().reader.recent.after(position),
		join(stream) {
			const group = groups.get(stream.filter) ?? createLiveGroup(stream.filter, rests)
			groups.set(stream.filter, group)
			group.members.add(stream)
		},
		quit,
		lose,
		databaseFailed() {
			for (const stream of [...streams]) stream.databaseFailed()
		},
		[Symbol.dispose]() {
			clearInterval(checks)
			for (const stop of stops) stop()
			stopFollowing()
		},
	}
}
