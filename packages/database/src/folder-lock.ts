import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { DatabaseInUseError } from './statements/errors.ts'

type Holder = { pid: number; startTime: string; bootId: string }

/**
 * Locks a folder for this process with the file `FOLDER.lock`. The lock of a process that has ended is taken over. The
 * lock of a running process never is.
 *
 * @returns a function that releases the lock
 * @throws DatabaseInUseError that names the process that holds the lock
 */
export function lockFolder(folder: string): () => void {
	const lock = `${folder}.lock`
	if (!tryLink(lock)) {
		takeOver(folder, lock)
		if (!tryLink(lock)) throw inUse(folder, readHolder(lock))
	}
	return () => unlinkSync(lock)
}

// A link is atomic: other processes see the lock file with all its content, or no lock file.
function tryLink(lock: string): boolean {
	const draft = `${lock}.${randomUUID()}`
	writeFileSync(draft, JSON.stringify(identify(process.pid)))
	try {
		linkSync(draft, lock)
		return true
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
		throw error
	} finally {
		unlinkSync(draft)
	}
}

// Only one process at a time checks a lock and removes it, so that no process removes a lock that it has not checked.
function takeOver(folder: string, lock: string): void {
	const guard = `${lock}.takeover`
	try {
		mkdirSync(guard)
	} catch {
		throw new DatabaseInUseError(
			`${folder}: another process is taking over the lock of the embedded database; if none is, remove ${guard}`,
		)
	}
	try {
		const holder = readHolder(lock)
		if (holder === undefined) return
		if (isAlive(holder)) throw inUse(folder, holder)
		unlinkSync(lock)
	} finally {
		rmdirSync(guard)
	}
}

function readHolder(lock: string): Holder | undefined {
	try {
		return JSON.parse(readFileSync(lock, 'utf8'))
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
		throw error
	}
}

// The system may reuse a pid. The start time and the boot id tell two processes with the same pid apart.
function identify(pid: number): Holder {
	return { pid, startTime: readStartTime(pid), bootId: readOr('/proc/sys/kernel/random/boot_id', '').trim() }
}

function isAlive(holder: Holder): boolean {
	try {
		process.kill(holder.pid, 0)
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
	}
	const now = identify(holder.pid)
	return now.bootId === holder.bootId && now.startTime === holder.startTime
}

// Field 22 of /proc/PID/stat, in clock ticks since the boot; empty on systems without /proc.
function readStartTime(pid: number): string {
	const stat = readOr(`/proc/${pid}/stat`, '')
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function readOr(path: string, fallback: string): string {
	try {
		return readFileSync(path, 'utf8')
	} catch {
		return fallback
	}
}

function inUse(folder: string, holder: Holder | undefined): DatabaseInUseError {
	const by = holder === undefined ? 'another process' : `process ${holder.pid}`
	return new DatabaseInUseError(`${folder}: the embedded database is in use by ${by}; it serves one process at a time`)
}
