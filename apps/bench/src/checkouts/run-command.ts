import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

type CommandOptions = {
	cwd: string
	/** Rejects when the run is interrupted; the command is then terminated. */
	interruption?: Promise<never>
}

/**
 * Runs a command and waits for its end. Ctrl-C does not reach the command: the caller stops it by `interruption`.
 *
 * @throws Error with the output of the command, when it fails
 */
export async function runCommand([file, ...args]: string[], { cwd, interruption }: CommandOptions): Promise<void> {
	const child = spawn(file as string, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
	const closed = once(child, 'close')
	const output = Promise.all([text(child.stdout), text(child.stderr)])
	try {
		await Promise.race(interruption === undefined ? [closed] : [closed, interruption])
	} catch (error) {
		endAll(child)
		await closed.catch(() => {})
		throw error
	}
	if (child.exitCode === 0) return
	throw new Error(`failed: ${[file, ...args].join(' ')}\n${(await output).join('')}`)
}

/** Terminates a command and the processes that it has started. */
function endAll({ pid }: ChildProcess): void {
	if (pid !== undefined) process.kill(-pid, 'SIGTERM')
}
