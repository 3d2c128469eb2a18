import { readdirSync, readFileSync } from 'node:fs'

// USER_HZ, in which /proc counts on every Linux that Node runs on.
const ticksPerSecond = 100
const pageBytes = 4_096

/** CPU time that a process has used, in user and in system mode. NaN where there is no /proc. */
export function cpuMs(pid: number): number {
	const fields = readStat(pid)
	return ticksToMs(Number(fields[utime]) + Number(fields[stime]))
}

/** As {@link cpuMs}, with the children of the process, also those that have ended. */
export function cpuMsWithChildren(pid: number): number {
	const fields = readStat(pid)
	const ended = ticksToMs(Number(fields[cutime]) + Number(fields[cstime]))
	return childrenOf(pid).reduce((sum, child) => sum + (cpuMs(child) || 0), cpuMs(pid) + ended)
}

/** Memory of a process that is in RAM. NaN where there is no /proc. */
export function residentBytes(pid: number): number {
	return Number(readStat(pid)[residentPages]) * pageBytes
}

/** NaN where there is no /proc. */
export function parentOf(pid: number): number {
	return Number(readStat(pid)[parent])
}

// Places in /proc/PID/stat after the name, which is in parentheses and may contain anything (proc_pid_stat(5)).
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

function childrenOf(pid: number): number[] {
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
