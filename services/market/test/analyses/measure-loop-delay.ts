// A program that measures how late the event loop runs during an analysis, and tells it to its parent process.
import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { openServiceDatabase } from '@mercat/database/open-service-database'
import { budgetForEach } from '@mercat/service/budget'
import { createLog } from '@mercat/service/log'
import { openAnalyses } from '../../src/open-analyses.ts'
import { openFolding } from '../../src/open-folding.ts'
import { migrationsFolder } from '../../src/server.ts'
import { defaultRetention } from '../../src/settings/retention.ts'
import type { AnalysisDelays, LoopDelay } from './analysis-loop-delay.ts'
import { judgedTicks, settingsWith } from './judged-ticks.ts'
import { source, storeBlock } from './store-ticks.ts'

const ticksOfBlock = 2_000
const products = 2_000
const resolutionMs = 1
const idleMs = 2_000

const [databaseUrl = '', count = ''] = process.argv.slice(2)
const log = createLog('market', 'warn')
const database = await openServiceDatabase(databaseUrl, { applicationName: 'mercat-market', migrationsFolder, log })
// What the service does beside.
const folding = await openFolding(database, log, { retention: defaultRetention, maxAgeS: 3_600 })

// Within the ten minutes whose partition is there.
const atMs = Date.now() - 540_000
const ticks = judgedTicks({ products, atMs, everyMs: 540_000 / Number(count) })
for (let block = 1; block <= Number(count) / ticksOfBlock; block++)
	await storeBlock(database, block, ticks.take(ticksOfBlock))

const analyses = openAnalyses({ database, log }, { sources: [] })
const id = randomUUID()
const budget = budgetForEach(10_000)

const [idle] = await whileMeasuring(() => sleep(idleMs))
const startedAt = performance.now()
const [analysis, result] = await whileMeasuring(async () => {
	const request = {
		source,
		from: new Date(0),
		to: new Date(),
		settings: settingsWith({ threshold: 3 }),
		createdBy: 'bench',
	}
	await analyses.create(id, request, { mostWaiting: 10, mostKept: 100 }, budget)
	analyses.wake()
	for (;;) {
		await sleep(100)
		const { status, reason, result } = (await analyses.find(id, budget)) ?? {}
		if (status === 'failed') throw new Error(reason ?? '')
		if (result) return result
	}
})
const analysisMs = performance.now() - startedAt
process.send?.({ analysis, idle, ticks: result.ticks, analysisMs } satisfies AnalysisDelays)
await analyses[Symbol.asyncDispose]()
await folding[Symbol.asyncDispose]()
await database.close()
process.disconnect()

async function whileMeasuring<T>(work: () => Promise<T>): Promise<[LoopDelay, T]> {
	const delays = monitorEventLoopDelay({ resolution: resolutionMs })
	delays.enable()
	const result = await work()
	delays.disable()
	// Node measures the time from tick to tick, of which the resolution is no delay.
	const msOf = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs)
	const delay = { p50Ms: msOf(delays.percentile(50)), p99Ms: msOf(delays.percentile(99)), longestMs: msOf(delays.max) }
	return [delay, result]
}
