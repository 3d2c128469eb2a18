import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { usualMeasures } from './all-measures.ts'
import { checkOutCommits } from './checkouts/check-out-commits.ts'
import { findCommits } from './checkouts/find-commits.ts'
import { readCheckout } from './checkouts/read-checkout.ts'
import type { CommandLine } from './options.ts'
import { againstTables } from './report/against.ts'
import { toChart } from './report/chart.ts'
import { allTables, comparisonTable, toMarkdown } from './report/markdown.ts'
import { readSetting, type Setting } from './report/setting.ts'
import type { Bench } from './running/bench.ts'
import { longTurns } from './running/bench-options.ts'
import { startBenchPostgres } from './running/bench-postgres.ts'
import type { Measurement } from './running/measurement.ts'

const resultsFolder = new URL('../results/', import.meta.url)

type Surroundings = {
	/** Path of the package manager that started the bench, if there is one. */
	packageManager?: string
	/** Rejects when the run is interrupted. */
	interruption: Promise<never>
}

/** @throws UsageError when a commit to compare with does not exist */
export async function runBench(commandLine: CommandLine, surroundings: Surroundings): Promise<void> {
	const repository = import.meta.dirname
	const commits = findCommits(repository, commandLine.against)
	await using opened = new AsyncDisposableStack()
	const folder = opened.adopt(mkdtempSync(join(tmpdir(), 'mercat-bench-')), (path) => {
		rmSync(path, { recursive: true, force: true })
	})
	const report = (line: string) => console.error(line)
	const { checkouts } = opened.use(await checkOutCommits(commits, { ...surroundings, repository, folder, report }))
	const profileFolder = commandLine.profileFolder && resolve(commandLine.profileFolder)
	const bench: Bench = {
		options: { ...commandLine, profileFolder },
		own: await readCheckout(commits.length === 0 ? 'mercat' : 'this checkout', import.meta.filename),
		against: checkouts,
		postgres: opened.use(await startBenchPostgres()),
		folder,
		secret: randomUUID(),
		interruption: surroundings.interruption,
		report,
	}
	const measurements = commits.length === 0 ? await runAll(bench, commandLine) : await runAllAgainst(bench, commandLine)
	publish(measurements, readSetting(bench), commandLine)
}

async function runAll(bench: Bench, { measures }: CommandLine): Promise<Measurement[]> {
	const measurements: Measurement[] = []
	for (const { name, hasLongTurns, run } of measures) {
		bench.report(name)
		measurements.push(...(await run(hasLongTurns ? { ...bench, options: longTurns(bench.options) } : bench)))
	}
	return measurements
}

async function runAllAgainst(bench: Bench, { measures }: CommandLine): Promise<Measurement[]> {
	const measurements: Measurement[] = []
	for (const { name, runAgainst } of measures) {
		bench.report(name)
		measurements.push(...((await runAgainst?.(bench)) ?? []))
	}
	return measurements
}

function publish(measurements: Measurement[], setting: Setting, { measures, against, jsonFile }: CommandLine): void {
	const isUsual = measures === usualMeasures && against.length === 0
	if (against.length > 0) console.log(againstTables(measurements))
	else console.log(isUsual ? comparisonTable(measurements) : allTables(measurements))
	if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ setting, measurements }, null, '\t'))
	if (isUsual) {
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
