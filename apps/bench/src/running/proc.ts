import { readdirSync, readFileSync } from 'node:fs'

// USER_HZ: the unit of times in /proc, the same on every Linux that Node supports.
const ticksPerSecond = 100
const pageBytes = 4_096

/** CPU time of a process in user and system mode. NaN without /proc. */
export function cpuMs(pid: number): number {
	const fields = readStat(pid)
	return ticksToMs(Number(fields[utime]) + Number(fields[stime]))
}

/** CPU time of a process and of its children, including ended children. NaN without /proc. */
export function cpuMsWithChildren(pid: number): number {
	const fields = readStat(pid)
	const ended = ticksToMs(Number(fields[cutime]) + Number(fields[cstime]))
	return childrenOf(pid).reduce((sum, child) => sum + (cpuMs(child) || 0), cpuMs(pid) + ended)
}

/** Resident memory of a process. NaN without /proc. */
export function residentBytes(pid: number): number {
	return Number(readStat(pid)[residentPages]) * pageBytes
}

/** The highest resident memory of a process since its start. NaN without /proc. */
export function peakResidentBytes(pid: number): number {
	try {
		return 1_024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
	} catch {
		return Number.NaN
	}
}

/** The process id of the parent. NaN without /proc. */
export function parentOf(pid: number): number {
	return Number(readStat(pid)[parent])
}

// Indexes of the fields in /proc/PID/stat after the name. The name is in parentheses and may contain any character
// (proc_pid_stat(5)).
const parent = 1
const utime = 11
const stime = 12
const cutime = 13
const cstime = 14
const residentPages = 21

function readStat(pid: number): string[] {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
	} catch {
		return []
	}
}

/** The processes that a process has started. Empty without /proc. */
export function childrenOf(pid: number): number[] {
	try {
		const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
		return pids.filter((candidate) => parentOf(candidate) === pid)
	} catch {
		return []
	}
}

function ticksToMs(ticks: number): number {
	return (ticks * 1000) / ticksPerSecond
}
