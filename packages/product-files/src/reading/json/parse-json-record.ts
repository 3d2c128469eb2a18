import { damage, type FileRecord, notUtf8 } from '../../records/file-record.ts'

/** The members of a JSON object as a record. */
export function parseJsonRecord(line: number, text: string): FileRecord {
	if (text.includes(damage)) return { line, ...notUtf8 }
	let value: unknown
	try {
		value = JSON.parse(text)
	} catch (error) {
		// The message shows a piece of the text, which may have line breaks.
		const reason = (error as SyntaxError).message.replaceAll(/\s+/g, ' ')
		return { line, problem: `not JSON: ${reason}`, rule: 'NOT_JSON' }
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return { line, problem: 'a row must be an object', rule: 'NOT_OBJECT' }
	}
	return { line, values: new Map(Object.entries(value)) }
}
