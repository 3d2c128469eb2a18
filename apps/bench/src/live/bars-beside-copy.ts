import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { LoadResult } from '../load/load-result.ts'
import { startGenerator } from '../load/start-generator.ts'
import { perSecond } from '../measures/order-load.ts'
import { takeTurns } from '../measures/take-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Measurement } from '../running/measurement.ts'
import type { BarJob } from './bar-process.ts'

/**
 * Compares the folding of ticks into bars of 1 s with `COPY` of the same bars into the same table: in as many transactions, in the
 * order of the key, and from files on the server, so that no client sends a row.
 */
export async function measureBars(bench: Bench): Promise<Measurement> {
	await using opened = new AsyncDisposableStack()
	const folded = opened.use(await bench.postgres.createDatabase())
	const copied = opened.use(await bench.postgres.createDatabase())
	const generator = opened.use(
		startGenerator<BarJob, LoadResult>(import.meta.resolve('./bar-process.ts'), bench.interruption),
	)
	const folder = join(bench.folder, 'bars')
	// The server may run as another user.
	chmodSync(bench.folder, 0o711)
	const turns = [
		{ name: 'COPY', processes: [], job: { databaseUrl: copied.url, isCopy: true, folder } },
		{ name: 'mercat', processes: [], job: { databaseUrl: folded.url, isCopy: false, folder } },
	]
	const measured = await takeTurns(bench, generator, turns, perSecond)
	const [one, other] = [await sumsOf(copied.url), await sumsOf(folded.url)]
	if (one !== other) throw new Error(`the bars differ: ${one} copied, ${other} folded`)
	return {
		title: 'Bars of 1 s from ticks, beside COPY of the same bars',
		unit: 'rows/s',
		...measured,
		comparisons: [{ of: 'mercat', to: 'COPY', target: { bound: 'at least', value: 0.3, aim: 0.6 } }],
	}
}

async function sumsOf(databaseUrl: string): Promise<string> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	const { rows } = await client.query<{ sums: string }>(
		`select concat_ws(' ', count(*), sum(open), sum(high), sum(low), sum(close), sum(ticks), sum(open_ms), sum(close_ms)) as sums
		from bar_1s`,
	)
	await client.end()
	return rows[0]?.sums ?? ''
}
