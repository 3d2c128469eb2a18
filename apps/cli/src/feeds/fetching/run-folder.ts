import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the feeds of one run. */
export type RunFolder = { path: string; [Symbol.dispose](): void }

// Machines may share a folder of temporary files, and have processes of the same number.
const prefix = `mercat-feeds-${hostname()}-`

// The folders of runs that the process may end before. Many feeds have runs at a time, and they share one listener.
const openFolders = new Set<string>()

/** Makes the folder of a run, and removes those of runs that were killed. */
export function openRunFolder(parent = tmpdir()): RunFolder {
	for (const name of readdirSync(parent)) {
		const [, pid] = name.startsWith(prefix) ? (/^(\d+)-/.exec(name.slice(prefix.length)) ?? []) : []
		if (pid !== undefined && !isRunning(Number(pid))) remove(join(parent, name))
	}
	const path = mkdtempSync(join(parent, `${prefix}${process.pid}-`))
	if (openFolders.size === 0) process.on('exit', removeOpenFolders)
	openFolders.add(path)
	return {
		path,
		[Symbol.dispose]() {
			openFolders.delete(path)
			if (openFolders.size === 0) process.off('exit', removeOpenFolders)
			remove(path)
		},
	}
}

function removeOpenFolders(): void {
	for (const path of openFolders) remove(path)
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		// EPERM: it runs, and belongs to another user.
		return (error as NodeJS.ErrnoException).code === 'EPERM'
	}
}

function remove(path: string): void {
	// The folder of another user stays.
	rmSync(path, { recursive: true, force: true, maxRetries: 2 })
}
