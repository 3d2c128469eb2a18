import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench } from '../running/bench.ts'

export type BenchFeed = { name: string; url: string; skuPrefix: string; allowPrivate: boolean; timeoutS?: number }

/** A feed in the report of the command. */
export type BenchFeedResult = { name: string; outcome: string; reason: string; ms: number }

export type SyncTurn = {
	/** From the start of the command to its end. */
	seconds: number
	feeds: BenchFeedResult[]
	/** The 99th percentile of how late the event loop of the main thread ran. */
	loopDelayP99Ms: number
}

const preload = new URL('./report-loop-delay.ts', import.meta.url)

/** Runs `mercat feeds sync` as a person does. */
export async function runFeedsSync(bench: Bench, catalogAddress: string, feeds: BenchFeed[]): Promise<SyncTurn> {
	const inFolder = (name: string) => join(bench.folder, name)
	writeFileSync(inFolder('feeds.json'), JSON.stringify({ feeds }))
	const args = [
		'feeds',
		'sync',
		inFolder('feeds.json'),
		'--catalog',
		catalogAddress,
		'--report',
		inFolder('report.json'),
	]
	const measured = new URL(preload)
	measured.searchParams.set('file', inFolder('loop-delay.json'))
	const startedAt = performance.now()
	const child = spawn(process.execPath, ['--import', measured.href, bench.own.command, ...args], {
		env: {
			JWT_SECRET: bench.secret,
			NODE_COMPILE_CACHE: inFolder('compile-cache/feeds'),
		},
		detached: true,
		stdio: ['ignore', 'ignore', 'inherit'],
	})
	const ended = once(child, 'exit')
	try {
		await Promise.race([ended, bench.interruption])
		const seconds = (performance.now() - startedAt) / 1_000
		const { p99Ms } = JSON.parse(readFileSync(inFolder('loop-delay.json'), 'utf8'))
		return { seconds, loopDelayP99Ms: p99Ms, feeds: JSON.parse(readFileSync(inFolder('report.json'), 'utf8')).feeds }
	} finally {
		child.kill('SIGKILL')
		await ended
	}
}
