import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import { createPartitionStore } from './partitions/partition-store.ts'
import type { ProductBook } from './products/product-book.ts'
import { createFoldNext } from './sales/fold-next.ts'
import { type FoldSalesOptions, foldSales } from './sales/fold-sales.ts'
import { createOrderEventsClient } from './sales/order-events-client.ts'
import { openSalesFeed, type SalesFeed } from './sales/sales-feed.ts'
import { createSalesFoldStore } from './sales/sales-fold-store.ts'
import { countBreak, countEvents, showFolding } from './sales/sales-instruments.ts'
import { createSalesLedger } from './sales/sales-ledger.ts'
import { createSalesReadStore, type SalesReadStore } from './sales/sales-read-store.ts'
import type { Retention } from './settings/retention.ts'

export type SalesNeeds = {
	database: Database
	products: Pick<ProductBook, 'find' | 'loaded'>
	log: Logger
}

/** Where the log of events is. */
export type OrderLog = { address: string; token(): string }

export type SalesOptions = FoldSalesOptions & {
	retention: Retention
	/** Without it no sales are counted, and those that were counted before are told. */
	orderLog: OrderLog | undefined
}

/** What orders have sold. */
export type Sales = AsyncDisposable & Pick<SalesReadStore, 'readRows' | 'findMark'> & { watch: SalesFeed['watch'] }

/** Counts sales from the log of events of the order service, once the products are known, and tells them. */
export function openSales(
	{ database, products, log }: SalesNeeds,
	{ retention, orderLog, ...options }: SalesOptions,
): Sales {
	const reads = createSalesReadStore(database)
	const feed = openSalesFeed({ ...reads, log })
	let isClosed = false
	let folding: AsyncDisposable | undefined

	function fold(orderLog: OrderLog): AsyncDisposable {
		const { list, make } = createPartitionStore(database)
		const store = createSalesFoldStore(database)
		const ledger = createSalesLedger({ ...store, listPartitions: list, makePartitions: make, retention, now: Date.now })
		const foldNext = createFoldNext({
			...ledger,
			readEvents: createOrderEventsClient(orderLog),
			categoryOf: (sku) => products.find(sku)?.category ?? '',
			folded(events) {
				countEvents(events)
				if (events.length > 0) feed.folded()
			},
			broken(reason, events, facts) {
				countBreak(reason, events)
				log.warn({ ...facts, events }, breakTexts[reason])
				feed.folded()
			},
			now: Date.now,
		})
		const running = foldSales({ ...store, foldNext, log }, options)
		const shown = showFolding(running.progress)
		return {
			async [Symbol.asyncDispose]() {
				await running[Symbol.asyncDispose]()
				shown[Symbol.dispose]()
			},
		}
	}

	if (orderLog !== undefined) {
		// Each product is counted with its category.
		products.loaded.then(() => {
			if (!isClosed) folding = fold(orderLog)
		})
	}

	return {
		readRows: reads.readRows,
		findMark: reads.findMark,
		watch: feed.watch,
		async [Symbol.asyncDispose]() {
			isClosed = true
			await folding?.[Symbol.asyncDispose]()
			await feed[Symbol.asyncDispose]()
		},
	}
}

const breakTexts = {
	expired: 'events were deleted before the sales had them; the sales lack their orders',
	put_back: 'the log of events was put back; the sales of the events that it has lost are taken out again',
	beyond_end: 'the log of events ends before the place of the sales, which go on at its end',
}
