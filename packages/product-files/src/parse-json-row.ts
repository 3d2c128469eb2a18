import { longestRowBytes } from './file-row.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses the bytes of one row. Returns undefined for a blank row. */
export function parseJsonRow(bytes: Buffer): { value: unknown } | { problem: string } | undefined {
	if (bytes.length > longestRowBytes) return { problem: `longer than ${longestRowBytes} bytes` }
	let text: string
	try {
		text = utf8.decode(bytes)
	} catch {
		return { problem: 'not UTF-8' }
	}
	if (text.trim() === '') return undefined
	try {
		return { value: JSON.parse(text) }
	} catch (error) {
		return { problem: `not JSON: ${(error as SyntaxError).message}` }
	}
}
