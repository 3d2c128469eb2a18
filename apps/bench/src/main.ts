import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Bench } from './bench.ts'
import { startBenchPostgres } from './bench-postgres.ts'
import type { Measurement } from './measurement.ts'
import { getOrder } from './measures/get-order.ts'
import { getProduct } from './measures/get-product.ts'
import { orderTail } from './measures/order-tail.ts'
import { hotSku, oneOrderAlone, orders } from './measures/orders.ts'
import { overload } from './measures/overload.ts'
import { start } from './measures/start.ts'
import { storedOrders } from './measures/stored-orders.ts'
import { type BenchOptions, longTurns, readOptions, UsageError } from './options.ts'
import { toChart } from './report/chart.ts'
import { comparisonTable, toMarkdown } from './report/markdown.ts'
import { readSetting } from './report/setting.ts'

const measures = [orders, orderTail, oneOrderAlone, hotSku, getProduct, getOrder, start, storedOrders, overload]
const resultsFolder = new URL('../results/', import.meta.url)

const interruption = Promise.withResolvers<never>()
// What is under way when it comes is told; between two measures nobody listens.
interruption.promise.catch(() => {})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => interruption.reject(new Error(`stopped by ${signal}`)))
}
try {
	const names = measures.map(({ name }) => name)
	await runBench(readOptions(process.argv.slice(2), names))
	process.exit()
} catch (error) {
	console.error(error instanceof UsageError ? error.message : error)
	process.exit(error instanceof UsageError ? 2 : 1)
}

async function runBench(options: BenchOptions): Promise<void> {
	await using opened = new AsyncDisposableStack()
	const folder = opened.adopt(mkdtempSync(join(tmpdir(), 'mercat-bench-')), (path) => {
		rmSync(path, { recursive: true, force: true })
	})
	const profileFolder = options.profileFolder && resolve(options.profileFolder)
	const bench: Bench = {
		options: { ...options, profileFolder },
		postgres: opened.use(await startBenchPostgres()),
		folder,
		secret: randomUUID(),
		interruption: interruption.promise,
		report: (line) => console.error(line),
	}
	const measurements = await runMeasures(bench)

	const setting = readSetting(bench)
	console.log(comparisonTable(measurements))
	if (options.jsonFile !== undefined) {
		writeFileSync(options.jsonFile, JSON.stringify({ setting, measurements }, null, '\t'))
	}
	if (options.names.length === measures.length) {
		mkdirSync(resultsFolder, { recursive: true })
		writeFileSync(new URL('results.md', resultsFolder), toMarkdown(measurements, setting))
		writeFileSync(new URL('orders.svg', resultsFolder), toChart(measurements[0] as Measurement))
	}
	const failed = measurements.flatMap(({ results }) => results).filter(({ failures }) => Object.keys(failures).length)
	if (failed.length > 0) {
		console.error(`requests failed: ${failed.map(({ contestant }) => contestant).join(', ')}`)
		process.exitCode = 1
	}
}

async function runMeasures(bench: Bench): Promise<Measurement[]> {
	const measurements: Measurement[] = []
	const { options } = bench
	for (const { name, hasLongTurns, run } of measures) {
		if (!options.names.includes(name)) continue
		bench.report(name)
		measurements.push(...(await run(hasLongTurns ? { ...bench, options: longTurns(options) } : bench)))
	}
	return measurements
}
