import type { Database } from '@mercat/database/database'
import { drainBatches } from '@mercat/service/drain-batches'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import type { Availability } from './changes/availability/availability.ts'
import { followStock } from './changes/availability/follow-stock.ts'
import { scanStock } from './changes/availability/scan-stock.ts'
import { createStockChangeStore } from './changes/availability/stock-change-store.ts'
import { startStockNotes } from './changes/availability/stock-notes.ts'
import { createStockScanStore } from './changes/availability/stock-scan-store.ts'
import type { ChangeLog } from './changes/log/change-log.ts'
import { createChangeLogStore } from './changes/log/change-log-store.ts'
import { type OpenChangeLogOptions, openChangeLog } from './changes/log/open-change-log.ts'

export type OpenedChanges<Event extends { position: number }> = AsyncDisposable & {
	log: ChangeLog<Event>
	availability: Availability
	/** Notes products whose quantity this process may have changed, once the change has committed or failed. */
	noteStock(skus: Iterable<string>): void
}

const scanIntervalMs = 1_000
const stockChangesKeptMs = 3_600_000
const forgetIntervalMs = 60_000
const forgottenAtOnce = 5_000

/** Opens what the streams of changes read, with all that it does in the background. */
export async function openChanges<Event extends { position: number }>(
	database: Database,
	options: OpenChangeLogOptions<Event>,
	log: Logger,
): Promise<OpenedChanges<Event>> {
	await using opened = new AsyncDisposableStack()
	const changeLog = opened.use(await openChangeLog({ ...createChangeLogStore(database), log }, options))
	const store = createStockChangeStore(database)
	const notes = opened.use(startStockNotes({ ...store, log }))
	const availability = opened.use(followStock({ ...store, log }))

	const stopScanning = new AbortController()
	const { followedSince } = availability
	const scanNeeds = { ...createStockScanStore(database), ...store, followedSince }
	const scan = scanStock(scanNeeds, { signal: stopScanning.signal })
	opened.use(repeat({ name: 'look through the stock', run: scan, intervalMs: scanIntervalMs }, log))
	opened.defer(() => stopScanning.abort())

	const forget = async () => {
		await drainBatches(forgottenAtOnce, (limit) => store.deleteChanges(stockChangesKeptMs, limit))
		await store.vacuumChanges()
	}
	opened.use(repeat({ name: 'forget changes of stock', run: forget, intervalMs: forgetIntervalMs }, log))
	const resources = opened.move()
	return {
		log: changeLog,
		availability,
		noteStock: notes.note,
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
