/**
 * The encoding of a file that begins with these bytes: its byte order mark tells, then the encoding that the user gives,
 * then the declaration of XML. UTF-16 without a mark is found by the NUL bytes of its first characters. Else it is UTF-8.
 *
 * @param head the first bytes of the file, 256 if it has so many
 * @param given a label of the WHATWG encoding standard
 */
export function detectEncoding(head: Uint8Array, given?: string): string {
	const [first = 1, second = 1, third = 1, fourth = 1] = head
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
	if (first === 0xff && second === 0xfe) return 'utf-16le'
	if (first === 0xfe && second === 0xff) return 'utf-16be'
	if (given !== undefined) return given
	if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
	if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be'
	return declaredEncoding(Buffer.from(head.subarray(0, 256)).toString('latin1')) ?? 'utf-8'
}

function declaredEncoding(head: string): string | undefined {
	const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1]
	// A declaration that can be read as ASCII is not in UTF-16, whatever it says.
	return declared !== undefined && /^utf-?16/i.test(declared) ? undefined : declared
}
