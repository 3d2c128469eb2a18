import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'

export type StockNotesNeeds = {
	writeChanges(skus: readonly string[]): Promise<void>
	log: Pick<Logger, 'error'>
}

export type StockNotes = AsyncDisposable & {
	/** Notes products whose quantity this process may have changed, once the change has committed or failed. */
	note(skus: Iterable<string>): void
}

const flushIntervalMs = 250
// What does not fit is found by the look through the stock.
const mostNotes = 200_000
const mostAtOnce = 20_000

/**
 * Tells the database, beside the work, which quantities have changed. At the end of the process the last notes are written,
 * too. Those of a process that was killed are found by the look through the stock.
 */
export function startStockNotes(
	{ writeChanges, log }: StockNotesNeeds,
	{ intervalMs = flushIntervalMs }: { intervalMs?: number } = {},
): StockNotes {
	const noted = new Set<string>()

	async function flush(): Promise<void> {
		while (noted.size > 0) {
			const skus = [...noted].slice(0, mostAtOnce)
			for (const sku of skus) noted.delete(sku)
			try {
				await writeChanges(skus)
			} catch (error) {
				note(skus)
				throw error
			}
		}
	}

	function note(skus: Iterable<string>): void {
		for (const sku of skus) {
			if (noted.size >= mostNotes) return
			noted.add(sku)
		}
	}

	const flushing = repeat({ name: 'note changes of stock', run: flush, intervalMs }, log)
	return {
		note,
		async [Symbol.asyncDispose]() {
			await flushing[Symbol.asyncDispose]()
			await flush().catch((err: unknown) => log.error({ err }, 'the last changes of stock were not noted'))
		},
	}
}
