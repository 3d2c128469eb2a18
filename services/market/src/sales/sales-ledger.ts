import { isOver, keptMsOf, type Partition, partitionOf } from '../partitions/partition-times.ts'
import type { Retention } from '../settings/retention.ts'
import type { SalesEvent } from './sales-event.ts'
import type { SalesPage } from './sales-place.ts'
import { countSales, forEachStep, type SalesCount, type SalesStep } from './sales-row.ts'

/** What events add to the sales of each step. */
export type SalesCounts = Record<SalesStep, readonly SalesCount[]>

/** A page some of whose events are to be taken out again. */
export type UndonePage = {
	page: SalesPage
	/** What is left of the page; undefined when nothing is. */
	kept: SalesPage | undefined
	/** When the first of the others was, in milliseconds since 1970. */
	fromMs: number
}

export type SalesLedgerNeeds = {
	listPartitions(): Promise<Partition[]>
	makePartitions(partitions: readonly Partition[]): Promise<void>
	fold(owner: string, page: SalesPage, counts: SalesCounts, throughMs: number | null): Promise<boolean>
	undo(owner: string, position: number | null, undone: UndonePage, counts: SalesCounts): Promise<boolean>
	retention: Retention
	/** Milliseconds since 1970. */
	now(): number
}

/** Counts events in the tables of all steps, except where they are too old to be kept. */
export function createSalesLedger({ listPartitions, makePartitions, fold, undo, retention, now }: SalesLedgerNeeds) {
	let known: Set<string> | undefined

	/** Counts events. Afterwards there are partitions for all that is counted. */
	async function count(events: readonly SalesEvent[]): Promise<SalesCounts> {
		const nowMs = now()
		const needed = new Map<string, Partition>()
		const counts = forEachStep((step) => {
			const table = `sales_${step}` as const
			const keptMs = keptMsOf(table, retention)
			const counted = countSales(events, step)
			const kept = new Set<number>()
			for (const beginMs of new Set(counted.map(({ beginMs }) => beginMs))) {
				const partition = partitionOf(table, beginMs)
				if (isOver(partition, keptMs, nowMs)) continue
				kept.add(beginMs)
				needed.set(partition.name, partition)
			}
			return counted.filter(({ beginMs }) => kept.has(beginMs))
		})
		known ??= new Set((await listPartitions()).map(({ name }) => name))
		for (const name of known) needed.delete(name)
		if (needed.size > 0) await makePartitions([...needed.values()])
		for (const name of needed.keys()) known.add(name)
		return counts
	}

	/** A partition that was known may have been deleted after its time. */
	async function forgettingAfterFailure<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work()
		} catch (error) {
			known = undefined
			throw error
		}
	}

	return {
		fold: (owner: string, page: SalesPage, throughMs: number | null): Promise<boolean> =>
			forgettingAfterFailure(async () => fold(owner, page, await count(page.events), throughMs)),

		/** Takes the events of the last page out again, except the first `kept`. */
		undo: (owner: string, position: number | null, page: SalesPage, kept: number): Promise<boolean> =>
			forgettingAfterFailure(async () => {
				const undone = page.events.slice(kept)
				const last = page.events[kept - 1]
				const rest = last && { after: page.after, upto: last.position, events: page.events.slice(0, kept) }
				const fromMs = Math.min(...undone.map(({ atMs }) => atMs))
				return undo(owner, position, { page, kept: rest, fromMs }, await count(undone))
			}),
	}
}
