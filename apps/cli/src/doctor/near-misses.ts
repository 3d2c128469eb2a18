// A shorter name is too often that of something else, such as HOME beside HOST.
const shortestName = 6

/** The names that differ from a known one by one character, or by two neighbours that changed places. */
export function nearMisses(names: readonly string[], known: readonly string[]): [name: string, meant: string][] {
	return names.flatMap((name) => {
		const bare = name.replace(/_FILE$/, '').toUpperCase()
		if (bare.length < shortestName || known.includes(name.replace(/_FILE$/, ''))) return []
		const meant = known.find((candidate) => candidate === bare || isOneEditAway(bare, candidate))
		return meant === undefined ? [] : [[name, meant]]
	})
}

function isOneEditAway(one: string, other: string): boolean {
	const shorter = Math.min(one.length, other.length)
	let start = 0
	while (start < shorter && one[start] === other[start]) start++
	let end = 0
	while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++
	const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)]
	if (left.length <= 1 && right.length <= 1) return true
	return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
