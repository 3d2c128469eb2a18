import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, fileNameOf } from '../running/bench.ts'
import type { Checkout } from '../running/checkout.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import { type Measure, toEachCommit } from './measure.ts'
import { turnOrder } from './turn-order.ts'

/** The time from running `mercat start` until orders can be placed, on existing databases. */
export const start: Measure = {
	name: 'start',
	hasLongTurns: true,
	run: (bench) =>
		timeStarts(
			bench,
			[{ ...bench.own, name: 'mercat start' }],
			[{ of: 'mercat start', target: { bound: 'at most', value: 3, aim: 1.5 } }],
		),
	runAgainst: (bench) => timeStarts(bench, [bench.own, ...bench.against], toEachCommit(bench)),
}

async function timeStarts(bench: Bench, checkouts: Checkout[], comparisons: Comparison[]): Promise<Measurement[]> {
	const entries = checkouts.map((checkout) => ({ checkout, values: [] as number[] }))
	for (const { checkout } of entries) {
		bench.report(`  first start, creates the data  ${checkout.name}: ${(await timeStart(bench, checkout)).toFixed(2)}`)
	}
	for (let round = 1; round <= bench.options.rounds; round++) {
		for (const { checkout, values } of turnOrder(entries, round)) {
			const seconds = await timeStart(bench, checkout)
			values.push(seconds)
			bench.report(`  round ${round}  ${checkout.name}: ${seconds.toFixed(2)}`)
		}
	}
	const results = entries.map(({ checkout, values }) => {
		return { contestant: checkout.name, values, failures: {}, cpuMicros: {} }
	})
	const title = '`mercat start` until ready, existing data'
	return [{ title, unit: 's', isByRound: true, results, comparisons }]
}

async function timeStart({ folder, interruption }: Bench, { name, command }: Checkout): Promise<number> {
	const own = join(folder, 'start', fileNameOf(name))
	const startedAt = performance.now()
	const child = spawn(process.execPath, [command, 'start'], {
		env: {
			DATA_DIR: join(own, 'data'),
			CATALOG_PORT: '0',
			ORDER_PORT: '0',
			MARKET_PORT: '0',
			MARKET_GRPC_PORT: '0',
			NODE_COMPILE_CACHE: join(own, 'compile-cache'),
		},
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const ended = once(child, 'exit')
	try {
		await Promise.race([untilReady(child.stdout), interruption])
		return (performance.now() - startedAt) / 1000
	} finally {
		child.kill('SIGTERM')
		await ended
	}
}

async function announcedUrl(output: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface(output)) {
		const url = /^REST +(\S+)/.exec(line)?.[1]
		if (url !== undefined) return url
	}
	throw new Error('mercat start ended before it printed its address')
}

async function untilReady(output: NodeJS.ReadableStream): Promise<void> {
	const url = await announcedUrl(output)
	while (!(await fetch(`${url}/readyz`)).ok) await sleep(5)
}
