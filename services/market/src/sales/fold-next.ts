import type { EventsAnswer, ReadEvents } from './events-log.ts'
import type { FoldStep } from './fold-sales.ts'
import { isSameEvent, type SalesEvent, toSalesEvent } from './sales-event.ts'
import type { SalesPage, SalesPlace } from './sales-place.ts'

/** Why the sales went on at another place than after the last event. */
export type SalesBreak = 'expired' | 'put_back' | 'beyond_end'

export type FoldNextNeeds = {
	readEvents: ReadEvents
	/**
	 * Counts the events of a page, and moves the place from before to after it. Returns false when the place is not before it, or
	 * not of this owner.
	 *
	 * @param throughMs all transitions that the log had then are counted; null when that is not known
	 */
	fold(owner: string, page: SalesPage, throughMs: number | null): Promise<boolean>
	/** Takes the events of the last page out again, except the first `kept`. Returns false as `fold` does. */
	undo(owner: string, from: number | null, page: SalesPage, kept: number): Promise<boolean>
	/** The present category of a product; empty when it is not known. */
	categoryOf(sku: string): string
	/** Is told of events that are counted. */
	folded(events: readonly SalesEvent[]): void
	/** Is told of a break, and of how many events are missed or taken out again, as far as it is known. */
	broken(reason: SalesBreak, events: number, facts: object): void
	/** Milliseconds since 1970. */
	now(): number
}

/** The most events of a page. An event has about a kilobyte. */
const eventsOfPage = 500

type FoundPage = Extract<EventsAnswer, { kind: 'page' }>

/**
 * Counts what comes next in the log. Each page begins with the event that was counted last: when it is not there as it was, the
 * log was put back, and the events of the last page that are not there are taken out again. The page before it is looked at next.
 */
export function createFoldNext(
	needs: FoldNextNeeds,
): (owner: string, place: SalesPlace, signal: AbortSignal) => Promise<FoldStep> {
	const { readEvents, fold, undo, categoryOf, folded, broken, now } = needs

	return async (owner, place, signal) => {
		const { position, page } = place
		const read = (after: number | 'beginning' | 'now', limit = eventsOfPage) => readEvents(after, limit, signal)
		const toSales = ({ events }: FoundPage) =>
			events.map(({ position, event }) => toSalesEvent(Number(position), event, categoryOf))

		async function foldNext(): Promise<FoldStep> {
			const askedAt = now()
			const last = page?.events.at(-1)
			if (page !== undefined && last !== undefined) {
				const answer = await read(last.position - 1)
				if (answer.kind === 'beyondEnd') return undoLost(page)
				if (answer.kind === 'page') {
					const [first, ...events] = toSales(answer)
					if (first === undefined || !isSameEvent(first, last)) return undoLost(page)
					return foldPage(answer, events, askedAt)
				}
				// It is deleted after its time, and cannot be looked at any more.
			}
			const answer = await read(position ?? 'beginning')
			if (answer.kind === 'page') return foldPage(answer, toSales(answer), askedAt)
			return answer.kind === 'expired' ? passOver(answer.first) : goToEnd()
		}

		async function foldPage(found: FoundPage, events: SalesEvent[], askedAt: number): Promise<FoldStep> {
			const throughMs = found.caughtUp ? askedAt : (events.at(-1)?.atMs ?? null)
			const step = await move({ after: position, upto: found.next, events }, throughMs, found.caughtUp)
			if (step.kind === 'moved') folded(events)
			return step
		}

		async function move(next: SalesPage, throughMs: number | null, isAtEnd: boolean): Promise<FoldStep> {
			if (!(await fold(owner, next, throughMs))) return { kind: 'lost' }
			const known = next.events.length > 0 ? next : page
			return { kind: 'moved', place: { position: next.upto, page: known }, throughMs, isAtEnd }
		}

		async function passOver(first: number): Promise<FoldStep> {
			const missed = first - 1 - (position ?? 0)
			const step = await move({ after: position, upto: first - 1, events: [] }, null, false)
			if (step.kind === 'moved') broken('expired', missed, { after: position, first })
			return step
		}

		/** Nothing is known of what was counted last. What comes from now on is counted. */
		async function goToEnd(): Promise<FoldStep> {
			const end = await read('now', 1)
			if (end.kind !== 'page') return { kind: 'lost' }
			const step = await move({ after: position, upto: end.next, events: [] }, null, false)
			if (step.kind === 'moved') broken('beyond_end', 0, { after: position, end: end.next })
			return { kind: 'lost' }
		}

		async function undoLost(last: SalesPage): Promise<FoldStep> {
			const kept = await countKept(last)
			if (kept < last.events.length && (await undo(owner, position, last, kept))) {
				broken('put_back', last.events.length - kept, { after: position })
			}
			return { kind: 'lost' }
		}

		/** How many events of a page are in the log as they were, up to the first one that is not. */
		async function countKept({ after, upto, events }: SalesPage): Promise<number> {
			let kept = 0
			let place = after ?? 0
			for (;;) {
				const answer = await read(place)
				if (answer.kind === 'beyondEnd') return kept
				if (answer.kind === 'expired') {
					// They cannot be looked at any more.
					while ((events[kept]?.position ?? answer.first) < answer.first) kept++
					place = answer.first - 1
					continue
				}
				for (const event of toSales(answer)) {
					const counted = events[kept]
					if (counted === undefined || !isSameEvent(event, counted)) return kept
					kept++
				}
				if (answer.caughtUp || answer.next >= upto) return kept
				place = answer.next
			}
		}

		return foldNext()
	}
}
