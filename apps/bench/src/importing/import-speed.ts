import { join } from 'node:path'
import pg from 'pg'
import { startCatalog } from '../contestants/start-catalog.ts'
import { type Measure, toEachCommit } from '../measures/measure.ts'
import { turnOrder } from '../measures/turn-order.ts'
import { type Bench, throwIfInterrupted } from '../running/bench.ts'
import type { BenchProcess } from '../running/bench-process.ts'
import type { Checkout } from '../running/checkout.ts'
import type { Comparison, Measurement, Result } from '../running/measurement.ts'
import { peakResidentBytes } from '../running/proc.ts'
import { type CopiedTables, copyTables, emptyTables } from './copied-tables.ts'
import { writeGeneratedRows } from './generated-rows.ts'
import { runImport } from './run-import.ts'

const rows = 200_000
// The times of long turns move with other work on the machine, so two commits are compared in short ones.
const rowsOfShortTurns = 40_000
const mostMb = 200

type RowsFile = { file: string; rows: number }

/** A catalog with an empty database, and the command of its checkout. */
type Importer = AsyncDisposable & { checkout: Checkout; catalog: BenchProcess; database: pg.Client }

/**
 * Compares `mercat import` of a file with `COPY` of the rows that it writes, into the same tables with the same indexes.
 * Each turn fills empty tables with the whole file: the indexes of words cost more, the more rows they have. The second
 * import of the same file finds nothing to write.
 */
export const importSpeed: Measure = {
	name: 'import',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const file = await writeFile(bench, rows)
		const mercat = opened.use(await openImporter(bench, bench.own))
		const copied = opened.use(await openImporter(bench, { ...bench.own, name: 'COPY' }))
		await importOnce(bench, mercat, file, 'created')
		const tables = await copyTables(mercat.database, bench.folder)
		const turns = [
			{ name: 'COPY', run: () => copyOnce(bench, copied, tables) },
			{ name: 'mercat', run: () => importTwice(bench, mercat, file) },
		]
		const values = await takeTurns(bench, turns)
		return toMeasurements(rows, values, [
			{ of: 'first import', to: 'COPY', target: { bound: 'at least', value: 0.35, aim: 0.6 } },
			{ of: 'second import', to: 'first import', target: { bound: 'at least', value: 3 } },
		])
	},
	async runAgainst(bench) {
		await using opened = new AsyncDisposableStack()
		const file = await writeFile(bench, rowsOfShortTurns)
		const importers: Importer[] = []
		for (const checkout of [bench.own, ...bench.against])
			importers.push(opened.use(await openImporter(bench, checkout)))
		const turns = importers.map((importer) => {
			const { name } = importer.checkout
			return { name, run: async () => ({ [name]: (await importOnce(bench, importer, file, 'created')).perSecond }) }
		})
		return toMeasurements(rowsOfShortTurns, await takeTurns(bench, turns), toEachCommit(bench))
	},
}

/** The values of one turn, by the name of what they are of. */
type Values = Record<string, number>

async function writeFile(bench: Bench, rows: number): Promise<RowsFile> {
	const file = join(bench.folder, 'products.csv')
	await writeGeneratedRows(file, rows)
	return { file, rows }
}

async function openImporter(bench: Bench, checkout: Checkout): Promise<Importer> {
	await throwIfInterrupted(bench)
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await startCatalog(bench, checkout))
	const database = opened.adopt(new pg.Client(catalog.databaseUrl), (client) => client.end())
	await database.connect()
	const resources = opened.move()
	return { checkout, catalog, database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

async function importOnce(
	bench: Bench,
	{ checkout, catalog, database }: Importer,
	{ file, rows }: RowsFile,
	outcome: string,
) {
	if (outcome === 'created') await emptyTables(database)
	await bench.postgres.checkpoint()
	const { seconds, peakMb } = await runImport(bench, checkout, { file, catalogAddress: catalog.address, rows, outcome })
	return { perSecond: rows / seconds, peakMb }
}

async function importTwice(bench: Bench, mercat: Importer, file: RowsFile): Promise<Values> {
	const first = await importOnce(bench, mercat, file, 'created')
	const second = await importOnce(bench, mercat, file, 'unchanged')
	return {
		'first import': first.perSecond,
		'second import': second.perSecond,
		'command, first import': first.peakMb,
		'command, second import': second.peakMb,
		catalog: peakResidentBytes(mercat.catalog.pid) / 1e6,
	}
}

async function copyOnce(bench: Bench, { database }: Importer, tables: CopiedTables): Promise<Values> {
	await emptyTables(database)
	await bench.postgres.checkpoint()
	return { COPY: rows / (await tables.copyInto(database)) }
}

async function takeTurns(
	bench: Bench,
	turns: { name: string; run(): Promise<Values> }[],
): Promise<Map<string, number[]>> {
	const all = new Map<string, number[]>()
	for (let round = 1; round <= bench.options.rounds; round++) {
		for (const { run } of turnOrder(turns, round)) {
			const values = Object.entries(await run())
			for (const [name, value] of values) all.set(name, [...(all.get(name) ?? []), value])
			bench.report(`  round ${round}  ${values.map(([name, value]) => `${name}: ${Math.round(value)}`).join(', ')}`)
		}
	}
	return all
}

function toMeasurements(rows: number, values: Map<string, number[]>, comparisons: Comparison[]): Measurement[] {
	const results = [...values].map(([contestant, each]): Result => {
		return { contestant, values: each, failures: {}, cpuMicros: {} }
	})
	const isMemory = ({ contestant }: Result) => contestant === 'catalog' || contestant.startsWith('command')
	const memory = results.filter(isMemory)
	const speed: Measurement = {
		title: `Import of ${rows.toLocaleString('en')} products`,
		unit: 'rows/s',
		isByRound: true,
		results: results.filter((result) => !isMemory(result)),
		comparisons,
	}
	if (memory.length === 0) return [speed]
	const target = { bound: 'at most', value: mostMb } as const
	const peaks: Measurement = {
		title: 'Highest memory during imports',
		unit: 'MB',
		results: memory,
		comparisons: memory.map(({ contestant: of }) => ({ of, target })),
	}
	return [speed, peaks]
}
