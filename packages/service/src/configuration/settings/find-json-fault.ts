/**
 * Where a text that is no JSON goes wrong, counted from 1: the first character that no JSON has there, or the end of a text
 * that breaks off. The messages of `JSON.parse` name the place of some faults only.
 */
export function findJsonFault(text: string): { line: number; column: number } {
	let [good, bad] = [0, text.length + 1]
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2)
		if (canGoOn(text.slice(0, middle))) good = middle
		else bad = middle
	}
	const lines = text.slice(0, good).split(/\r\n|[\r\n]/)
	return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

/** Whether a text is JSON, or would be with more behind it. */
function canGoOn(text: string): boolean {
	try {
		JSON.parse(text)
		return true
	} catch (error) {
		const { message } = error as Error
		return (
			/^(Unexpected end of JSON input|Unterminated string)/.test(message) ||
			message.includes(`position ${text.length} `)
		)
	}
}
