// Words of a catalog repeat: these are enough for nine of ten.
const most = 8_192
// A longer text hardly comes again.
const longest = 32

/** The function with its latest answers kept, at most about 16,000. */
export function remembered<Answer>(analyse: (text: string) => Answer): (text: string) => Answer {
	let recent = new Map<string, Answer>()
	let older = new Map<string, Answer>()
	return (text) => {
		const known = recent.get(text)
		if (known !== undefined) return known
		const answer = older.get(text) ?? analyse(text)
		if (text.length > longest) return answer
		if (recent.size === most) {
			older = recent
			recent = new Map()
		}
		// A slice of a text keeps all of the text in memory. A copy does not.
		recent.set(Buffer.from(text).toString(), answer)
		return answer
	}
}
