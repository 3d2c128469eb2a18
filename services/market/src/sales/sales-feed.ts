import { createAlarm } from '@mercat/service/alarm'
import type { SalesEvent } from './sales-event.ts'
import type { SalesMark, SalesRow } from './sales-query.ts'
import { countSales, type Dimension, type SalesKey, type SalesStep } from './sales-row.ts'

export type SalesFeedNeeds = {
	findMark(): Promise<SalesMark>
	/** The events that were counted after a position; undefined when there are many. */
	readEventsAfter(position: number): Promise<SalesEvent[] | undefined>
	/** The rows of these keys, as they are now. */
	readKeys(step: SalesStep, dimension: Dimension, keys: readonly SalesKey[]): Promise<SalesRow[]>
	log: { warn(facts: object, message: string): void }
}

/** What a watcher of sales is told. */
export type SalesListener = {
	/** Rows that have changed, as they are now. */
	changed(rows: readonly SalesRow[]): void
	/** Rows have changed that are not told: all must be read again. */
	reset(): void
	/** All transitions that the log had then were told: milliseconds since 1970. */
	countedUntil?(ms: number): void
}

export type SalesFeed = AsyncDisposable & {
	/**
	 * Tells a listener of the rows of a step that change from now on, until the function that it resolves to is called. What is
	 * read afterwards has the changes before.
	 */
	watch(selection: { by: Dimension; step: SalesStep }, listener: SalesListener): Promise<() => void>
	/** This process has counted events. */
	folded(): void
}

/** Tells watchers which sales change, also where another process counts. Without watchers it reads nothing. */
export function openSalesFeed(
	{ findMark, readEventsAfter, readKeys, log }: SalesFeedNeeds,
	{ intervalMs = 2_000 }: { intervalMs?: number } = {},
): SalesFeed {
	const groups = new Map<string, { by: Dimension; step: SalesStep; listeners: Set<SalesListener> }>()
	const alarm = createAlarm()
	let isClosed = false
	let mark: SalesMark | undefined
	let marking: Promise<SalesMark> | undefined
	let failures = 0

	const watchers = () => [...groups.values()]

	async function look(): Promise<void> {
		if (groups.size === 0 || mark === undefined) return
		const before = mark
		const found = await findMark()
		if (found.position === before.position && found.undos === before.undos) return tellEnd(found)
		const events = found.undos === before.undos ? await readEventsAfter(before.position ?? 0) : undefined
		if (events !== undefined) await tellChanges(events)
		else for (const { listeners } of watchers()) for (const listener of [...listeners]) listener.reset()
		mark = found
		tellEnd(found)
	}

	async function tellChanges(events: readonly SalesEvent[]): Promise<void> {
		for (const [step, groupsOfStep] of Map.groupBy(watchers(), ({ step }) => step)) {
			const counts = countSales(events, step)
			for (const { by, listeners } of groupsOfStep) {
				const keys = counts.filter(({ dimension }) => dimension === by)
				if (keys.length === 0) continue
				const rows = await readKeys(step, by, keys)
				for (const listener of [...listeners]) listener.changed(rows)
			}
		}
	}

	function tellEnd({ throughMs }: SalesMark): void {
		if (throughMs === null) return
		for (const { listeners } of watchers()) for (const listener of listeners) listener.countedUntil?.(throughMs)
	}

	async function run(): Promise<void> {
		while (!isClosed) {
			await alarm.wait(intervalMs)
			if (isClosed) return
			try {
				await look()
				failures = 0
			} catch (err) {
				if (failures++ === 0) log.warn({ err }, 'changes of sales cannot be read; it is tried again')
			}
		}
	}

	/** Begins where the sales are now, unless other watchers have begun before. */
	async function begin(): Promise<void> {
		if (mark !== undefined) return
		marking ??= findMark().finally(() => {
			marking = undefined
		})
		const found = await marking
		mark ??= found
	}

	const stopped = run()
	return {
		async watch({ by, step }, listener) {
			const name = `${by} ${step}`
			const group = groups.get(name) ?? { by, step, listeners: new Set() }
			groups.set(name, group)
			group.listeners.add(listener)
			const stop = () => {
				group.listeners.delete(listener)
				if (group.listeners.size > 0) return
				groups.delete(name)
				if (groups.size === 0) mark = undefined
			}
			try {
				// As one of the listeners, so that the others can end meanwhile.
				await begin()
			} catch (error) {
				stop()
				throw error
			}
			return stop
		},
		folded: alarm.ring,
		async [Symbol.asyncDispose]() {
			isClosed = true
			alarm.ring()
			await stopped
		},
	}
}
