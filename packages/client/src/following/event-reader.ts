/** A block of a stream of server-sent events. */
export type StreamFrame = {
	/** The last id so far; empty before the first one. */
	id: string
	type: string
	/** Missing in a block that is no event, such as a comment. */
	data: string | undefined
}

/** Reads server-sent events from pieces of text (HTML standard, section 9.2). A piece gives the blocks that it completes. */
export function createEventReader(): (piece: string) => StreamFrame[] {
	let rest = ''
	let id = ''
	let type = ''
	let data: string[] = []

	function readLine(line: string): StreamFrame[] {
		if (line === '') {
			const frame = { id, type: type || 'message', data: data.length === 0 ? undefined : data.join('\n') }
			type = ''
			data = []
			return [frame]
		}
		const [, name, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
		if (name === 'event') type = value
		else if (name === 'data') data.push(value)
		else if (name === 'id') id = value
		return []
	}

	return (piece) => {
		// A carriage return at the end may be the first half of a line break.
		const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
		rest = lines.pop() ?? ''
		return lines.flatMap(readLine)
	}
}
