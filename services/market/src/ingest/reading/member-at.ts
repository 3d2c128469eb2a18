/** Finds the value at a path in parsed JSON; undefined where there is none. */
export type MemberAt = (value: unknown) => unknown

/** @param path names with dots between them; an empty path is the value itself */
export function createMemberAt(path: string): MemberAt {
	if (path === '') return (value) => value
	const names = path.split('.')
	const [only = ''] = names
	// Nearly every path has one name, and this is done for each member of each tick.
	if (names.length === 1) return (value) => ownMember(value, only)
	return (value) => names.reduce(ownMember, value)
}

function ownMember(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined
	const member = (value as Record<string, unknown>)[name]
	// A name such as `constructor` is there without being sent.
	return typeof member === 'function' || name === '__proto__' ? undefined : member
}
