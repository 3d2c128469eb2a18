const lineStart = Buffer.from('\ndata:')

/**
 * Counts the `data` lines of a text/event-stream, whatever chunks it arrives in. An event of the log is one line. It
 * searches bytes and decodes nothing, because hundreds of readers share a machine with the services.
 */
export function createDataLineCounter() {
	let count = 0
	// A stream begins as if a line had ended before it.
	let end: Buffer = Buffer.from('\n')
	return {
		count: () => count,
		add(chunk: Buffer): void {
			// Shorter than two line starts, and each of its halves shorter than one: only a start across the seam is found.
			const seam = Buffer.concat([end, chunk.subarray(0, lineStart.length - 1)])
			if (seam.includes(lineStart)) count++
			for (let at = chunk.indexOf(lineStart); at !== -1; at = chunk.indexOf(lineStart, at + 1)) count++
			end = Buffer.concat([end, chunk.subarray(-lineStart.length)]).subarray(1 - lineStart.length)
		},
	}
}
