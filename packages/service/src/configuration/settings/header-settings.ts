import { isObject } from './setting-member.ts'
import { isVariableReference, readVariable, type VariableSource } from './variable-reference.ts'

// A header of such a name may be a credential, and the settings are a file that people share.
const secretNames = /auth|cookie|key|token|secret|password|signature|session/i
// The caller sends these itself, or they belong to the connection.
const ownNames = new Set([
	...['accept-encoding', 'connection', 'content-length', 'expect', 'host', 'if-modified-since', 'if-none-match'],
	...['keep-alive', 'range', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
])

/**
 * Reads the member `headers`. The names of the result are in lower case.
 *
 * @param sender what sends the headers, such as "the command"
 */
export function readHeaders(
	value: unknown,
	env: VariableSource,
	sender: string,
): { headers: Record<string, string>; faults: string[] } {
	if (value === undefined) return { headers: {}, faults: [] }
	if (!isObject(value)) return { headers: {}, faults: ['headers must be an object from name to value'] }
	const headers: Record<string, string> = {}
	const faults: string[] = []
	for (const [name, given] of Object.entries(value)) {
		const read = readHeader(name, given, env, sender)
		if ('fault' in read) faults.push(`headers.${name} ${read.fault}`)
		else headers[name.toLowerCase()] = read.value
	}
	return { headers, faults }
}

function readHeader(
	name: string,
	given: unknown,
	env: VariableSource,
	sender: string,
): { value: string } | { fault: string } {
	if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return { fault: 'must have the name of a header' }
	if (isOwn(name.toLowerCase())) return { fault: `must not be given: ${sender} sends it itself` }
	if (typeof given === 'string' && secretNames.test(name))
		return { fault: 'must be { "env": "VARIABLE" }, so that this file has no secret' }
	if (typeof given !== 'string' && !isVariableReference(given))
		return { fault: 'must be a text or { "env": "VARIABLE" }' }
	const read =
		typeof given === 'string' ? { value: given } : env === undefined ? { value: '' } : readVariable(given, env)
	if ('fault' in read || /^[\t\x20-\x7e\x80-\xff]*$/.test(read.value)) return read
	return { fault: 'must have no line break and no character that a header cannot have' }
}

function isOwn(name: string): boolean {
	return ownNames.has(name) || name.startsWith('sec-websocket-')
}
