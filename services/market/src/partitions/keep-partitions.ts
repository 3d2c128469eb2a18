import type { Retention } from '../settings/retention.ts'
import { isOver, keptMsOf, type Partition, partitionsAt } from './partition-times.ts'

export type KeepPartitionsNeeds = {
	list(): Promise<Partition[]>
	make(partitions: readonly Partition[]): Promise<void>
	/** Deletes a partition with all that is in it. Returns false when it is in use. */
	drop(partition: Partition): Promise<boolean>
	/** The sources with ticks of a span that are in no stored bar. */
	unfoldedSources(span: Pick<Partition, 'fromMs' | 'toMs'>): Promise<string[]>
	/** Stores the bars of all ticks of a source that no process follows. */
	foldBars(source: string): Promise<void>
	/** Makes all larger bars that are due. */
	rollUp(): Promise<void>
	retention: Retention
	/** How old a tick may be whose bar is told. */
	oldestTickMs: number
	/** Milliseconds since 1970. */
	now(): number
}

/** Makes the partitions that are needed soon, and deletes those with nothing that is kept. */
export function keepPartitions(needs: KeepPartitionsNeeds) {
	const { list, make, drop, unfoldedSources, foldBars, rollUp, retention, oldestTickMs, now } = needs
	return async (): Promise<void> => {
		const nowMs = now()
		const found = await list()
		const names = new Set(found.map(({ name }) => name))
		const missing = partitionsAt(nowMs, retention, oldestTickMs).filter(({ name }) => !names.has(name))
		if (missing.length > 0) await make(missing)

		const over = found.filter((partition) => isOver(partition, keptMsOf(partition.table, retention), nowMs))
		const blocks = over.filter(({ table }) => table === 'tick_block')
		for (const partition of blocks) for (const source of await unfoldedSources(partition)) await foldBars(source)
		// Larger bars are made of smaller ones.
		if (blocks.length < over.length) await rollUp()
		// One that is in use is deleted the next time.
		for (const partition of over) await drop(partition)
	}
}
