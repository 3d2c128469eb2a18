import { ProductFileError } from '../product-file-error.ts'

export type FileKind = 'delimited' | 'json' | 'ndjson' | 'xml'

/**
 * Finds the kind of a file by its beginning.
 *
 * @param head the first block of the text, whole if the file is shorter
 * @throws ProductFileError when the file is no list of records
 */
export function detectKind(head: string): FileKind {
	const text = head.trimStart()
	switch (text[0]) {
		case undefined:
			throw new ProductFileError('EMPTY_FILE', 'the file is empty')
		case '<':
			if (isHtml(text)) throw new ProductFileError('HTML_PAGE', 'the file is an HTML page and no list of products')
			return 'xml'
		case '[':
			return 'json'
		case '{':
			return isOneObject(text) ? 'json' : 'ndjson'
		default:
			return 'delimited'
	}
}

function isHtml(text: string): boolean {
	const prolog = /^(?:\s|<\?.*?\?>|<!--.*?-->)*/s.exec(text)?.[0] ?? ''
	return /^<(?:!doctype\s+html|html|head|body|script)\b/i.test(text.slice(prolog.length))
}

/** Whether the text is one JSON object with an array of objects in it, and not an object on each line. */
function isOneObject(text: string): boolean {
	const { end, hasObjects } = firstObject(text)
	if (end !== undefined && text.slice(end).trim() === '' && (hasObjects || isEmptyList(text))) return true
	if (hasObjects && !hasObjectOnLine(text)) return true
	if (!/^\{\s*[\r\n]/.test(text)) return false
	throw new ProductFileError('NO_RECORDS', 'the file is JSON, but no array of objects, and no object on each line')
}

// An array with nothing in it says nothing about its elements, so it must be all that the object has.
function isEmptyList(text: string): boolean {
	return /^\{\s*"[^"\\]*"\s*:\s*\[\s*\]\s*\}\s*$/.test(text)
}

/** The end of the first object, if it is in the text, and whether an array of objects is in it up to there. */
function firstObject(text: string): { end?: number; hasObjects: boolean } {
	let hasObjects = false
	let depth = 0
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|\[\s*\{|[[\]{}]/gs)) {
		if (token.startsWith('[') && token.length > 1) {
			hasObjects ||= depth === 1
			depth += 2
		} else if (token === '{' || token === '[') depth++
		else if (token === '}' || token === ']') depth--
		if (depth === 0) return { end: index + 1, hasObjects }
	}
	return { hasObjects }
}

function hasObjectOnLine(text: string): boolean {
	return text.split(/[\r\n]+/).some((line) => {
		if (!/^\s*\{.*\}\s*$/.test(line)) return false
		try {
			return JSON.parse(line) !== undefined
		} catch {
			return false
		}
	})
}
