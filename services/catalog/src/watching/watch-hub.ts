import type { Logger } from '@mercat/service/log'
import type { Availability } from '../changes/availability/availability.ts'
import type { ChangeLog } from '../changes/log/change-log.ts'
import { CatalogError } from '../errors/catalog-error.ts'
import { createLiveGroup, type LiveGroup, type LiveMember } from './live-group.ts'
import { continuesWith, type Place, placeAfter } from './place.ts'
import { createRecentEntries, type RecentEntries } from './recent-entries.ts'
import type { ResponseRests } from './response-rests.ts'
import type { WatchFilter } from './watch-filter.ts'
import type { WatchedEntry } from './watched-entry.ts'

/** A stream as the hub knows it. */
export type HubStream = LiveMember & {
	readonly filter: WatchFilter
	/** There may be something to tell. */
	wake(): void
	/** Is called every second. */
	check(): void
	/** Quantities were missed. Live streams go back to where they read for themselves. */
	missedQuantities(place: Place): void
	/** Ends the stream, because the database has lost the end of the log. */
	lose(): void
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
	logger: Pick<Logger, 'warn'>
}

const checkMs = 1_000
// So much is read before it is told.
const mostEntriesAtOnce = 1_000

type Followed = { place: Place; recent: RecentEntries; quantities: Promise<Disposable> }

/** What the streams of this process share: the end of the log, and the groups that are there. Without a stream it does nothing. */
export function createWatchHub({ log, availability, rests, logger }: WatchHubNeeds): WatchHub {
	const streams = new Set<HubStream>()
	const groups = new Map<WatchFilter, LiveGroup>()
	let followed: Followed | undefined
	let visitors = 0
	let isReading = false

	/** Begins at the end of the log. It begins anew after that was lost. */
	async function follow(): Promise<void> {
		const { position, identity } = log.settled() ?? (await log.settle())
		followed ??= {
			place: { position, identity, told: 0, stockAt: 0 },
			recent: createRecentEntries(position),
			quantities: availability.follow(),
		}
		const { quantities } = followed
		try {
			await quantities
		} catch (error) {
			if (followed?.quantities === quantities) followed = undefined
			throw error
		}
		void readOn()
	}

	/** @throws CatalogError DATABASE_UNAVAILABLE for a stream that came just when the end of the log was lost */
	function current(): Followed {
		if (followed === undefined) throw new CatalogError('DATABASE_UNAVAILABLE')
		return followed
	}

	function stopFollowing(): void {
		followed?.quantities.then((stop) => stop[Symbol.dispose]()).catch(() => {})
		followed = undefined
		groups.clear()
	}

	function place(): Place {
		return { ...current().place, stockAt: availability.knownTo() }
	}

	/** Reads the log to its end, and tells it. One call does this at a time. */
	async function readOn(): Promise<void> {
		if (isReading) return
		isReading = true
		try {
			while (followed !== undefined && followed.place.position < log.tail.last()) await readMore(followed)
		} catch (err) {
			// The next check tries again.
			logger.warn({ err }, 'the streams of changes could not read the log')
		} finally {
			isReading = false
		}
	}

	async function readMore(reader: Followed): Promise<void> {
		const entries: WatchedEntry[] = []
		let reached = reader.place.position
		while (reached < log.tail.last() && entries.length < mostEntriesAtOnce) {
			const { events } = await log.tail.read(reached)
			// The log was put back meanwhile, or nobody watches any longer.
			if (followed !== reader) return
			if (events[0]?.position !== reached + 1) break
			for (const event of events) entries.push(event)
			reached += events.length
		}
		if (continuesWith(reader.place, entries)) tellEntries(reader, entries)
		else lose()
	}

	function tellEntries(reader: Followed, entries: readonly WatchedEntry[]): void {
		const from = place()
		reader.recent.add(entries)
		reader.place = { ...reader.place, ...placeAfter(entries.at(-1) as WatchedEntry) }
		const to = place()
		for (const group of groups.values()) group.tellEntries(entries, from, to)
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
		log.tail.onGrowth(() => void readOn()),
		log.tail.onReset(endAll),
		log.onSettled(wakeAll),
		availability.onLook(({ quantities }) => {
			if (followed === undefined) return
			const before = place()
			for (const group of groups.values()) group.tellQuantities(quantities, before, place())
			wakeAll()
		}),
		availability.onReset(() => {
			if (followed === undefined) return
			groups.clear()
			for (const stream of streams) stream.missedQuantities(place())
		}),
	]
	const checks = setInterval(() => {
		for (const stream of [...streams]) stream.check()
		if (followed === undefined) return
		for (const group of groups.values()) group.check(place())
		void readOn()
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
		recent: (position) => current().recent.after(position),
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
