import { pino } from 'pino'

export type ChunkedStdout = ReturnType<typeof pino.destination>

// A pipe takes this much as one piece (PIPE_BUF of Linux), so the lines of processes that share it stay whole.
const mostBytes = 4_096
const enoughBytes = 3_584
const flushMs = 100

let stdout: ChunkedStdout | undefined

/**
 * The standard output of this process for a log. Lines go out together, after 100 ms at the latest, and at the exit of the
 * process. A process that is killed loses the lines of these 100 ms.
 */
export function chunkedStdout(): ChunkedStdout {
	if (stdout !== undefined) return stdout
	// Writes of pino's other mode may be under way at the exit. The last lines would overtake them.
	const opened = pino.destination({
		dest: 1,
		sync: true,
		minLength: enoughBytes,
		maxWrite: mostBytes,
		periodicFlush: flushMs,
	})
	process.on('exit', () => flushLast(opened))
	stdout = opened
	return opened
}

function flushLast(opened: ChunkedStdout): void {
	try {
		opened.flushSync()
	} catch {
		// Nobody reads the log any more.
	}
}
