import { chunkedStdout } from '@mercat/service/chunked-stdout'

/** Aborts when nobody reads stdout or stderr any more, as after `| head`. The log alone would go on in silence. */
export function lostOutput(): AbortSignal {
	const lost = new AbortController()
	const onError = (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') lost.abort()
	}
	chunkedStdout().on('error', onError)
	process.stderr.on('error', onError)
	return lost.signal
}
