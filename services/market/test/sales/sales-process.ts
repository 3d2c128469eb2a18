import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { createPartitionStore } from '../../src/partitions/partition-store.ts'
import type { ReadEvents } from '../../src/sales/events-log.ts'
import { createFoldNext, type SalesBreak } from '../../src/sales/fold-next.ts'
import type { FoldStep } from '../../src/sales/fold-sales.ts'
import { createSalesFoldStore } from '../../src/sales/sales-fold-store.ts'
import { createSalesLedger } from '../../src/sales/sales-ledger.ts'
import type { SalesPlace } from '../../src/sales/sales-place.ts'
import { defaultRetention } from '../../src/settings/retention.ts'

export type SalesProcess = ReturnType<typeof startSalesProcess>

export const categoryOf = (sku: string): string => (sku.startsWith('G') ? 'Metals/Gold' : '')

/** What a process does to count sales, one step at a time. */
export function startSalesProcess(database: Database, readEvents: ReadEvents, nowMs: number) {
	const owner = randomUUID()
	const { list, make } = createPartitionStore(database)
	const store = createSalesFoldStore(database)
	const breaks: { reason: SalesBreak; events: number }[] = []
	let place: SalesPlace | undefined
	const foldNext = createFoldNext({
		...createSalesLedger({
			...store,
			listPartitions: list,
			makePartitions: make,
			retention: defaultRetention,
			now: () => nowMs,
		}),
		readEvents,
		categoryOf,
		folded() {},
		broken(reason, events) {
			breaks.push({ reason, events })
		},
		now: () => nowMs,
	})

	return {
		owner,
		store,
		breaks,
		/** Takes the place of the sales, also when another process has it, as after the end of its lease. */
		async takeOver(): Promise<void> {
			await database.query("update sales_fold set owned_until = '-infinity'")
			place = await store.claim(owner)
		},
		/** Counts one page, at the place that this process knows. */
		async step(): Promise<FoldStep> {
			place ??= await store.claim(owner)
			if (place === undefined) return { kind: 'lost' }
			const known = place
			place = undefined
			const step = await foldNext(owner, known, new AbortController().signal)
			if (step.kind === 'moved') place = step.place
			return step
		},
		/** Counts all that the log has. */
		async catchUp(): Promise<void> {
			for (;;) {
				const step = await this.step()
				if (step.kind === 'moved' && step.isAtEnd) return
			}
		},
	}
}

/** Takes all sales out of a database, so that several tests can use it. */
export async function emptySales(database: Database): Promise<void> {
	await database.query('truncate sales_1m, sales_1h, sales_1d, sales_page')
	await database.query(`
		update sales_fold set position = null, folded_through = null, undos = 0, owner = null, owned_until = '-infinity'`)
}
