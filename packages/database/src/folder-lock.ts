import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { DatabaseInUseError } from './errors.ts'

type Holder = { pid: number; startTime: string; bootId: string }

/**
 * Takes `FOLDER.lock` for this process and returns what gives it back. The lock of a process that is
 * gone is taken over, that of a living one never.
 *
 * @throws DatabaseInUseError naming the process that holds the folder
 */
export function lockFolder(folder: string): () => void {
	const lock = `${folder}.lock`
	if (!tryLink(lock)) {
		takeOver(folder, lock)
		if (!tryLink(lock)) throw inUse(folder, readHolder(lock))
	}
	return () => unlinkSync(lock)
}

// A link appears at once with its whole content, or not at all.
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

// One process at a time may judge a lock and remove it, so that none removes what it has not judged.
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

// A pid alone may have been given to another process since; its start time and the boot tell.
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

// Field 22 of /proc/PID/stat, in clock ticks since boot; empty where there is no /proc.
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
