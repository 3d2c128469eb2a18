import type { StreamOutput } from '@mercat/grpc-service/stream-output'
import type { WatchSalesRequest__Output as Request } from '@mercat/market-api/messages/WatchSalesRequest'
import { stepMs } from '../../folding/bars/bar.ts'
import type { ConflatedStreams } from '../../streaming/conflated-streams.ts'
import type { SalesFeed } from '../sales-feed.ts'
import type { SalesCursor, SalesQuery, SalesRow } from '../sales-query.ts'
import { beginOf } from '../sales-row.ts'
import { readSelection } from './read-selection.ts'
import { createRecentRows } from './recent-rows.ts'
import type { SalesEncoder } from './sales-encoder.ts'

export type WatchSalesNeeds = {
	streams: ConflatedStreams
	/** Tells the rows that change. */
	watch: SalesFeed['watch']
	/** The first rows of a selection. */
	readRows(query: SalesQuery): Promise<SalesRow[]>
	encoder: SalesEncoder
	/** Milliseconds since 1970. */
	now(): number
}

const rowsAtOnce = 1_000

/** Opens a stream of sales: the rows of the step under way, and then each row that changes. */
export function watchSales({ streams, watch, readRows, encoder, now }: WatchSalesNeeds) {
	return async (request: Request, output: StreamOutput) => {
		const selection = readSelection(request)
		const untold = new Map<string, SalesRow>()
		const recent = createRecentRows(stepMs[selection.step])
		// While rows are read, those that have changed since are newer.
		let changed: Set<string> | undefined
		let reads = 0
		let countedUntilMs: number | undefined

		await using opening = new AsyncDisposableStack()
		const stream = streams.open({
			output,
			partsOf(key) {
				const row = untold.get(key)
				untold.delete(key)
				return row === undefined ? [] : [encoder.row(row)]
			},
			restOf: encoder.rest,
			notedUntilMs: () => countedUntilMs,
		})
		opening.defer(() => {
			reads++
			stream.close()
		})

		function note(rows: readonly SalesRow[]): void {
			for (const row of rows) {
				const key = keyOf(row)
				recent.add(key, row)
				untold.set(key, row)
				stream.note(key, row.beginMs)
			}
			stream.wake()
		}

		/** Notes all rows since the step under way, or since those that were told before. Another call ends the one before. */
		async function readState(): Promise<void> {
			const read = ++reads
			const newer = new Set<string>()
			changed = newer
			const span = { fromMs: Math.min(beginOf(now(), selection.step), recent.sinceMs()), toMs: latestMs }
			const gone = recent.all()
			let after: SalesCursor | undefined
			do {
				const rows = await readRows({ ...selection, ...span, after, limit: rowsAtOnce })
				if (read !== reads) return
				for (const row of rows) gone.delete(keyOf(row))
				note(rows.filter((row) => !newer.has(keyOf(row))))
				after = rows.length < rowsAtOnce ? undefined : rows.at(-1)
			} while (after !== undefined)
			for (const key of newer) gone.delete(key)
			note([...gone.values()].map((row) => ({ ...row, orders: 0, quantity: 0, amountMinor: 0 })))
			changed = undefined
			stream.complete()
			stream.wake()
		}

		function begin(): void {
			readState().catch((error) => stream.end('error', error))
		}

		opening.defer(
			await watch(selection, {
				changed(rows) {
					const selected = rows.filter(({ status }) => status === selection.status)
					for (const row of selected) changed?.add(keyOf(row))
					note(selected)
				},
				reset: begin,
				countedUntil(ms) {
					if (changed === undefined) countedUntilMs = ms
				},
			}),
		)
		begin()
		const opened = opening.move()
		return { end: () => stream.end('drain'), close: () => void opened.disposeAsync() }
	}
}

// The year 9999.
const latestMs = 253_402_300_799_000

function keyOf({ beginMs, key, currency }: SalesRow): string {
	return `${beginMs} ${currency} ${key}`
}
