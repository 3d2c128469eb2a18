import { spawn } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mercat } from '@mercat/testing/run-mercat'
import { inject } from 'vitest'

export type StartedMercat = ReturnType<typeof startMercat>

/** Makes empty databases in a new folder for `mercat start`, because creating them takes it ten seconds each. */
export function copyEmptyDatabases(dataDir: string): void {
	for (const name of ['catalog', 'order', 'market'])
		cpSync(inject('pgliteTemplate'), join(dataDir, name), { recursive: true })
}

/** Runs `mercat start` on free ports, in its own process group. Without the market, unless the variables have it. */
export function startMercat(dataDir: string, variables: { [name: string]: string } = {}, args: string[] = []) {
	const ports = { CATALOG_PORT: '0', ORDER_PORT: '0', MARKET_PORT: '0', MARKET_GRPC_PORT: '0' }
	const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, ...ports, MARKET: 'false', ...variables }
	const child = spawn(mercat, ['start', ...args], {
		env,
		cwd: tmpdir(),
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	const pid = child.pid as number
	let stdout = ''
	let stderr = ''
	child.stdout.on('data', (chunk) => {
		stdout += chunk
	})
	child.stderr.on('data', (chunk) => {
		stderr += chunk
	})
	const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) => {
		child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
	})

	async function until(isSo: () => boolean): Promise<void> {
		while (!isSo()) {
			if (child.exitCode !== null) throw new Error(`mercat start ended:\n${stdout}${stderr}`)
			await sleep(50)
		}
	}

	return {
		pid,
		ended,
		/** Waits until the catalog and the order service listen. Resolves to the output and to their process ids. */
		async up() {
			await until(() => stdout.includes('Ctrl-C'))
			return { stdout, catalogPid: lockHolder(dataDir, 'catalog'), orderPid: lockHolder(dataDir, 'order') }
		},
		/** Waits until the market has begun to listen so many times. Resolves to its addresses and to its process id. */
		async marketUp(times = 1) {
			const lines = () => [...stdout.matchAll(/^market +(http:\S+), gRPC (\S+)$/gm)]
			await until(() => lines().length >= times)
			const [, url, grpc] = lines().at(-1) as RegExpExecArray
			return { url, grpc, marketPid: lockHolder(dataDir, 'market') }
		},
		/** Waits until a line of stderr has the text. */
		warned: (text: string) => until(() => stderr.includes(text)),
		signalGroup: (signal: NodeJS.Signals) => process.kill(-pid, signal),
	}
}

function lockHolder(dataDir: string, database: string): number {
	return JSON.parse(readFileSync(join(dataDir, `${database}.lock`), 'utf8')).pid
}

export function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0)
	} catch {
		return false
	}
}
