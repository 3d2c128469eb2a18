/**
 * Whether an `Accept` header permits an answer in JSON (RFC 9110, section 12.5.1). A header that says nothing of
 * `application/json` may ask for `application/problem+json`. Parameters other than `q` are ignored, and so is the case of
 * names; `*` alone is any type.
 */
export function acceptsJson(accept: string): boolean {
	const ranges = (accept.match(element) ?? []).map((text) => text.trim()).filter((text) => text !== '')
	if (ranges.length === 0) return true
	const isWanted = new Map(ranges.map(readRange))
	for (const range of deciding) {
		const wanted = isWanted.get(range)
		if (wanted !== undefined) return wanted
	}
	return false
}

// The most specific range that covers JSON decides, and without one that of problems.
const deciding = ['application/json', 'application/*', '*/*', 'application/problem+json']

// Commas and semicolons separate nothing inside of a quoted string.
const element = /(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g
const part = /(?:[^";]|"(?:[^"\\]|\\.)*"?)+/g
const weightOfNone = /^q=0(\.0{0,3})?$/i

function readRange(text: string): [range: string, isWanted: boolean] {
	const [name = '', ...parameters] = (text.match(part) ?? []).map((each) => each.trim())
	const range = name === '*' ? '*/*' : name.toLowerCase()
	return [range, !parameters.some((parameter) => weightOfNone.test(parameter))]
}
