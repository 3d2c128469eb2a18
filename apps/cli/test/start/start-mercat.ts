import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mercat } from '@mercat/testing/run-mercat'

export type StartedMercat = ReturnType<typeof startMercat>

/** Runs `mercat start` on free ports, in its own process group. */
export function startMercat(dataDir: string, variables: { [name: string]: string } = {}, args: string[] = []) {
	const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, CATALOG_PORT: '0', ORDER_PORT: '0', ...variables }
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
	return {
		pid,
		ended,
		/** Waits until both services listen. Resolves to the output and to the process ids of the services. */
		async up() {
			while (!stdout.includes('Ctrl-C')) {
				if (child.exitCode !== null) throw new Error(`mercat start ended:\n${stdout}${stderr}`)
				await sleep(50)
			}
			return { stdout, catalogPid: lockHolder(dataDir, 'catalog'), orderPid: lockHolder(dataDir, 'order') }
		},
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
