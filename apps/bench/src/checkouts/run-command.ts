import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export type CommandOptions = {
	cwd: string
	/** Rejects when the command is to be given up. */
	interruption?: Promise<never>
}

/**
 * Runs a command to its end. Ctrl-C does not reach it, so that it is the caller who decides what becomes of it.
 *
 * @throws Error with all that it said, when it fails
 */
export async function runCommand([file, ...args]: string[], { cwd, interruption }: CommandOptions): Promise<void> {
	const child = spawn(file as string, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
	const closed = once(child, 'close')
	const said = Promise.all([text(child.stdout), text(child.stderr)])
	try {
		await Promise.race(interruption === undefined ? [closed] : [closed, interruption])
	} catch (error) {
		endAll(child)
		await closed.catch(() => {})
		throw error
	}
	if (child.exitCode === 0) return
	throw new Error(`failed: ${[file, ...args].join(' ')}\n${(await said).join('')}`)
}

/** Also the processes that it has started. */
function endAll({ pid }: ChildProcess): void {
	if (pid !== undefined) process.kill(-pid, 'SIGTERM')
}
