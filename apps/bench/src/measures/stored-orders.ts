import pg from 'pg'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import { type Generator, startHttpGenerator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import { addFailures, type Measurement, type Result } from '../running/measurement.ts'
import { residentBytes } from '../running/proc.ts'
import type { Measure } from './measure.ts'
import { orderTurn } from './order-load.ts'
import { takeTurns } from './take-turns.ts'

const samples = 20

/**
 * The memory of both services while `--stored` orders are placed, and the time per order afterwards, compared with the
 * time on an empty table.
 */
export const storedOrders: Measure = {
	name: 'stored-orders',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds, storedOrders: count } = bench.options
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const full = opened.use(await startMercat(bench, { name: 'full table' }))
		const empty = opened.use(await startMercat(bench, { name: 'empty table' }))
		const memory = await fill(bench, generator, full)

		const turns = [
			{ ...orderTurn(bench, empty, { clients, seconds }), prepare: () => removeOrders(empty) },
			orderTurn(bench, full, { clients, seconds }),
		]
		const cost = await takeTurns(
			bench,
			generator,
			turns,
			({ completed, seconds: taken }) => (1_000_000 * taken) / completed,
		)
		return [
			memory,
			{
				title: `Time per order with ${count.toLocaleString('en')} orders stored, ${clients} clients`,
				unit: 'µs',
				...cost,
				comparisons: [{ of: 'full table', to: 'empty table', target: { bound: 'at most', value: 1.2 } }],
			},
		]
	},
}

/** Places the orders and samples the memory of both services meanwhile. */
async function fill(bench: Bench, generator: Generator<HttpJob>, shop: Mercat): Promise<Measurement> {
	const { clients, storedOrders: count } = bench.options
	const chunk = orderTurn(bench, shop, { clients, requests: Math.ceil(count / samples) })
	const results = new Map<string, Result>()
	const sample = (contestant: string, pid: number, failures: Record<string, number>) => {
		const result = results.get(contestant) ?? { contestant, values: [], failures: {}, cpuMicros: {} }
		results.set(contestant, result)
		result.values.push(residentBytes(pid) / 1e6)
		addFailures(result.failures, failures)
	}
	for (let turn = 1; turn <= samples; turn++) {
		const { failures } = await generator.run(chunk.job)
		const quarter = Math.ceil((4 * turn) / samples)
		for (const { role, pid } of chunk.processes) sample(`${role}, quarter ${quarter}`, pid, failures)
		bench.report(`  ${Math.round((count * turn) / samples)} orders stored`)
	}
	const limits = { inAll: { bound: 'at most', value: 200 }, growth: { bound: 'at most', value: 1.1 } } as const
	return {
		title: `Resident memory while ${count.toLocaleString('en')} orders were placed`,
		unit: 'MB',
		results: [...results.values()],
		comparisons: chunk.processes.flatMap(({ role }) => [
			{ of: `${role}, quarter 4`, target: limits.inAll },
			{ of: `${role}, quarter 4`, to: `${role}, quarter 2`, target: limits.growth },
		]),
	}
}

async function removeOrders({ databaseUrls }: Mercat): Promise<void> {
	await execute(databaseUrls.order, 'truncate orders cascade')
	await execute(databaseUrls.catalog, 'truncate reservation; update stock set held = 0; vacuum full stock')
}

async function execute(databaseUrl: string, statements: string): Promise<void> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	for (const statement of statements.split(';')) await client.query(statement)
	await client.end()
}
