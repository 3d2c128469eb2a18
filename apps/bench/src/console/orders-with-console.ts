import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import { type Generator, startGenerator, startHttpGenerator } from '../load/start-generator.ts'
import { type Measure, toEachCommit } from '../measures/measure.ts'
import { orderTurn, perSecond } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn, toResult } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import type { ConsoleJob } from './console-reader.ts'
import { type ConsoleReport, noReport } from './open-console.ts'

type ConsoleReader = Generator<ConsoleJob, ConsoleReport>

const withConsole = { catalog: {}, order: { CONSOLE: 'true' } }
const target = { bound: 'at least', value: 0.97 } as const

/** Orders per second while a console is open, beside Mercat without one or beside commits, which have none. */
export const ordersWithConsole: Measure = {
	name: 'orders-with-console',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const name = 'a console is open'
		const watched = opened.use(await startMercat(bench, { name, variables: withConsole }))
		const alone = opened.use(await startMercat(bench, { name: 'no console' }))
		return await measure(bench, watched, [alone], [{ of: name, to: alone.name, target }])
	},
	async runAgainst(bench) {
		await using opened = new AsyncDisposableStack()
		const watched = opened.use(await startMercat(bench, { variables: withConsole }))
		const others: Mercat[] = []
		for (const checkout of bench.against) others.push(opened.use(await startMercat(bench, { checkout })))
		const comparisons = toEachCommit(bench).map((comparison): Comparison => ({ ...comparison, target }))
		return await measure(bench, watched, others, comparisons)
	},
}

async function measure(
	bench: Bench,
	watched: Mercat,
	others: Mercat[],
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using opened = new AsyncDisposableStack()
	const generator = opened.use(startHttpGenerator(bench.interruption))
	const reader: ConsoleReader = opened.use(
		startGenerator(import.meta.resolve('./console-reader.ts'), bench.interruption),
	)
	const seen = { report: noReport() }
	const turns = [watchedTurn(bench, watched, reader, seen), ...others.map((shop) => turnAlone(bench, shop))]
	const recorded = await recordTurns(bench, generator, turns, ({ load }) => `${perSecond(load).toFixed(0)} orders/s`)
	checkSeen(seen.report)
	const { statuses, pages, explanations } = seen.report
	bench.report(`  the console has read ${statuses} statuses, ${pages} pages of orders, ${explanations} explanations`)
	return [
		{
			title: `Orders with an open console, ${bench.options.clients} clients`,
			unit: 'orders/s',
			isByRound: true,
			results: recorded.map((turn) => toResult(turn, ({ load }) => perSecond(load))),
			comparisons,
		},
	]
}

function turnAlone(bench: Bench, shop: Mercat): ObservedContestant<HttpJob, Turn> {
	const { clients, seconds } = bench.options
	return { ...orderTurn(bench, shop, { clients, seconds }), observe: async (run) => ({ load: await run() }) }
}

/** A turn with a console, which is opened before it and closed after it, so that it takes nothing from other turns. */
function watchedTurn(
	bench: Bench,
	shop: Mercat,
	reader: ConsoleReader,
	seen: { report: ConsoleReport },
): ObservedContestant<HttpJob, Turn> {
	const turn = turnAlone(bench, shop)
	return {
		...turn,
		processes: [...turn.processes, { role: 'console', pid: reader.pid }],
		async prepare() {
			await reader.run({ open: { origin: `http://${shop.order.address}`, secret: bench.secret } })
		},
		async observe(run) {
			const observed = await turn.observe(run)
			seen.report = await reader.run({ close: true })
			return observed
		},
	}
}

// A console that gets no answers costs nothing, and would be measured as one that is fast.
function checkSeen({ statuses, pages, explanations, failures }: ConsoleReport): void {
	const isComplete = statuses > 0 && pages > 0 && (explanations > 0 || pages < 5)
	if (isComplete && Object.keys(failures).length === 0) return
	throw new Error(`the console was not answered: ${JSON.stringify({ statuses, pages, explanations, failures })}`)
}
