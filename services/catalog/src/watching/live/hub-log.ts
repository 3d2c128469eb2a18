import type { Logger } from '@mercat/service/log'
import type { ChangeLog } from '../../changes/log/change-log.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'
import { continuesWith, type LogPlace, placeAfter } from '../places/place.ts'
import { createRecentEntries, type RecentEntries } from './recent-entries.ts'

export type HubLogNeeds = {
	log: Pick<ChangeLog<WatchedEntry>, 'tail'>
	logger: Pick<Logger, 'warn'>
	/** The log has grown by these entries. */
	tell(entries: readonly WatchedEntry[], from: LogPlace, to: LogPlace): void
	/** The log does not go on where it was read to. */
	lose(): void
}

/** The log from a place on, read once for all live streams. */
export type HubLog = {
	place(): LogPlace
	recent: RecentEntries
	/** Reads the log to its end, and tells it. */
	readOn(): void
	stop(): void
}

// So much is read before it is told.
const mostEntriesAtOnce = 1_000

/** Reads the log behind a place, its end for now. */
export function followLog({ log, logger, tell, lose }: HubLogNeeds, start: LogPlace): HubLog {
	const { tail } = log
	const recent = createRecentEntries(start.position)
	let place = start
	let isReading = false
	let isStopped = false

	async function readToEnd(): Promise<void> {
		if (isReading) return
		isReading = true
		try {
			while (!isStopped && place.position < tail.last()) await readMore()
		} catch (err) {
			// The next call tries again.
			logger.warn({ err }, 'the streams of changes could not read the log')
		} finally {
			isReading = false
		}
	}

	async function readMore(): Promise<void> {
		const entries: WatchedEntry[] = []
		let reached = place.position
		while (reached < tail.last() && entries.length < mostEntriesAtOnce) {
			const { events } = await tail.read(reached)
			if (isStopped) return
			if (events[0]?.position !== reached + 1) break
			for (const event of events) entries.push(event)
			reached += events.length
		}
		if (!continuesWith(place, entries)) return lose()
		const from = place
		recent.add(entries)
		place = placeAfter(entries.at(-1) as WatchedEntry)
		tell(entries, from, place)
	}

	return {
		place: () => place,
		recent,
		readOn: () => void readToEnd(),
		stop() {
			isStopped = true
		},
	}
}
