/**
 * @typedef {{ type: string, data: string, id: string }} ServerEvent
 */

/**
 * Reads server-sent events from pieces of text (HTML standard, section 9.2). `push` returns the events that a piece
 * completes.
 */
export function createEventReader() {
	let rest = ''
	let type = ''
	let id = ''
	let lastId = ''
	/** @type {string[]} */
	let data = []

	/**
	 * @param {string} line
	 * @returns {ServerEvent | undefined}
	 */
	function readLine(line) {
		if (line === '') {
			lastId = id
			const event = data.length === 0 ? undefined : { type: type || 'message', data: data.join('\n'), id }
			type = ''
			data = []
			return event
		}
		const [, name, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
		if (name === 'event') type = value
		else if (name === 'data') data.push(value)
		else if (name === 'id') id = value
		return undefined
	}

	return {
		/** The id of the latest event, with which a stream goes on. */
		lastId: () => lastId,
		/**
		 * @param {string} piece
		 * @returns {ServerEvent[]}
		 */
		push(piece) {
			const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
			rest = lines.pop() ?? ''
			return lines.map(readLine).filter((event) => event !== undefined)
		},
		/** A new stream begins with a new line, after the same event. */
		restart() {
			rest = ''
			type = ''
			data = []
			id = lastId
		},
	}
}
