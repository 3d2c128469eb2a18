import { pino } from 'pino'

export type ChunkedStdout = ReturnType<typeof pino.destination>

// A pipe takes this much as one piece (PIPE_BUF of Linux), so the lines of processes that share it stay whole.
const mostBytes = 4_096
const enoughBytes = 3_584
const flushMs = 100
// A reader that stands still costs lines, not the memory of the process.
const mostWaitingBytes = 16 * 1024 * 1024

let stdout: ChunkedStdout | undefined

/**
 * The standard output of this process for a log. Lines go out together, after 100 ms at the latest, and at the exit of the
 * process. A process that is killed loses the lines of these 100 ms.
 */
export function chunkedStdout(): ChunkedStdout {
	stdout ??= pino.destination({
		dest: 1,
		sync: false,
		minLength: enoughBytes,
		maxWrite: mostBytes,
		maxLength: mostWaitingBytes,
		periodicFlush: flushMs,
	})
	return stdout
}
