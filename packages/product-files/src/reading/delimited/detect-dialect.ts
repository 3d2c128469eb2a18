/** How a delimited text separates its cells and lines. */
export type Dialect = {
	delimiter: string
	/** A file whose first line ends with CR alone has lines that end with CR. In every other one a line ends with LF or CRLF. */
	lineBreak: '\n' | '\r'
	/** The first line is `sep=;`, with which Excel is told the delimiter. */
	hasDelimiterLine: boolean
}

// The first of these wins where two are in the header equally often: a comma is the likeliest to be a part of a name.
const delimiters = ['\t', ';', '|', ',']

/** Finds the dialect of a text by its header, which is the first line that is not blank. */
export function detectDialect(head: string): Dialect {
	const { text, lineBreak } = firstLine(head)
	const told = /^"?sep=([^\w\s"]|\t)"?$/i.exec(text)?.[1]
	if (told !== undefined) return { delimiter: told, lineBreak, hasDelimiterLine: true }
	return { delimiter: mostFrequent(text), lineBreak, hasDelimiterLine: false }
}

/** The first line that is not blank. A line break inside a quoted cell does not end it. */
function firstLine(head: string): { text: string; lineBreak: '\n' | '\r' } {
	let lineBreak: '\n' | '\r' | undefined
	let start = 0
	let isQuoted = false
	for (let at = 0; at < head.length; at++) {
		const character = head[at] as string
		if (character === '"') {
			const opens = at === start || delimiters.includes(head[at - 1] as string)
			isQuoted = isQuoted ? false : opens || head[at - 1] === '"'
		} else if (!isQuoted && (character === '\n' || character === '\r')) {
			lineBreak ??= character === '\r' && head[at + 1] !== '\n' ? '\r' : '\n'
			const text = head.slice(start, at)
			if (!isBlank(text)) return { text, lineBreak }
			start = at + 1
		}
	}
	return { text: head.slice(start), lineBreak: lineBreak ?? '\n' }
}

function isBlank(line: string): boolean {
	return /^[\s,;|]*$/.test(line)
}

function mostFrequent(header: string): string {
	const names = header.replaceAll(/(^|[\t;|,])"(?:[^"]|"")*"/g, '$1')
	const counts = delimiters.map((delimiter) => names.split(delimiter).length)
	const most = Math.max(...counts)
	return most === 1 ? ',' : (delimiters[counts.indexOf(most)] as string)
}
