import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBars } from '@mercat/market/testing/folding-process'
import { openMarketDatabaseAt } from '@mercat/market/testing/market-database'
import pg from 'pg'
import { answerJobs } from '../load/answer-jobs.ts'
import type { LoadResult } from '../load/load-result.ts'
import { source } from './live-products.ts'
import { barsOf, copyColumns, type FoldedTick, secondsOfTurn, ticksOfTurn, toCopyLine } from './ticks-of-turn.ts'

/** Stores the bars of a turn: folds its ticks, or copies the bars from files that are there already. */
export type BarJob = { databaseUrl: string; isCopy: boolean; folder: string }

type Store = {
	/** The ticks of some seconds, made ready. */
	prepare(parts: FoldedTick[][]): void
	/** Stores them. This is what is timed. */
	store(): Promise<void>
}

// As the market stores its bars: every four seconds, and not when a second is over.
const secondsOfPart = 4
const foldShiftMs = 500
// The partitions of the time before are there.
const agoMs = 3_000_000

const beginMs = 60_000 * Math.floor((Date.now() - agoMs) / 60_000)
const stores = new Map<string, { store: Store; turns: number }>()

answerJobs(async ({ databaseUrl, isCopy, folder }: BarJob): Promise<LoadResult> => {
	const open = stores.get(databaseUrl) ?? { store: await openStore(databaseUrl, isCopy, folder), turns: 0 }
	stores.set(databaseUrl, open)
	const turnBeginMs = beginMs + 1_000 * secondsOfTurn * open.turns
	open.turns++
	const ticks = ticksOfTurn(open.turns, turnBeginMs)
	open.store.prepare(inParts(ticks, turnBeginMs, isCopy ? 0 : foldShiftMs))
	const completed = barsOf(ticks).length
	const startedAt = performance.now()
	await open.store.store()
	const seconds = (performance.now() - startedAt) / 1_000
	return { completed, seconds, p50Ms: 0, p99Ms: 0, failures: {} }
})

function inParts(ticks: readonly FoldedTick[], fromMs: number, shiftMs: number): FoldedTick[][] {
	const last = secondsOfTurn / secondsOfPart - 1
	const partOf = ({ atMs }: FoldedTick) => {
		return Math.max(0, Math.min(last, Math.floor((atMs - fromMs - shiftMs) / (1_000 * secondsOfPart))))
	}
	return [...Map.groupBy(ticks, partOf).values()]
}

async function openStore(databaseUrl: string, isCopy: boolean, folder: string): Promise<Store> {
	const database = await openMarketDatabaseAt(databaseUrl, Date.now(), source)
	return isCopy ? await openCopy(databaseUrl, folder) : await openFold(database)
}

async function openFold(database: Parameters<typeof openBars>[0]): Promise<Store> {
	const bars = await openBars(database, source)
	let parts: FoldedTick[][] = []
	let block = 0
	return {
		prepare(given) {
			parts = given
		},
		async store() {
			for (const ticks of parts) {
				bars.add(++block, ticks)
				await bars.store()
			}
		},
	}
}

async function openCopy(databaseUrl: string, folder: string): Promise<Store> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	mkdirSync(folder, { recursive: true })
	// The server may run as another user.
	chmodSync(folder, 0o711)
	let files: string[] = []
	return {
		prepare(parts) {
			files = parts.map((ticks, part) => {
				const file = join(folder, `part-${part}`)
				writeFileSync(file, `${barsOf(ticks).map(toCopyLine).join('\n')}\n`)
				return file
			})
		},
		async store() {
			for (const file of files) await client.query(`copy bar_1s (${copyColumns}) from '${file}'`)
		},
	}
}
