import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Measure } from './measure.ts'

const mercat = fileURLToPath(import.meta.resolve('@mercat/cli/bin/mercat.js'))

/** `mercat start`, from the command until orders can be placed, on databases that are there already. */
export const start: Measure = {
	name: 'start',
	hasLongTurns: true,
	async run(bench) {
		const dataFolder = join(bench.folder, 'start')
		bench.report(`  creating: ${(await timeStart(dataFolder, bench.interruption)).toFixed(2)}`)
		const values: number[] = []
		for (let round = 1; round <= bench.options.rounds; round++) {
			const seconds = await timeStart(dataFolder, bench.interruption)
			values.push(seconds)
			bench.report(`  round ${round}  mercat start: ${seconds.toFixed(2)}`)
		}
		return [
			{
				title: '`mercat start` until ready, existing data',
				unit: 's',
				results: [{ contestant: 'mercat start', values, failures: {}, cpuMicros: {} }],
				comparisons: [{ of: 'mercat start', target: { bound: 'at most', value: 3, aim: 1.5 } }],
			},
		]
	},
}

async function timeStart(dataFolder: string, interruption: Promise<never>): Promise<number> {
	const startedAt = performance.now()
	const child = spawn(process.execPath, [mercat, 'start'], {
		env: { DATA_DIR: dataFolder, CATALOG_PORT: '0', ORDER_PORT: '0' },
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
	throw new Error('mercat start ended before it told its address')
}

async function untilReady(output: NodeJS.ReadableStream): Promise<void> {
	const url = await announcedUrl(output)
	while (!(await fetch(`${url}/readyz`)).ok) await sleep(5)
}
