/**
 * Whether an `Accept` header permits an answer in JSON (RFC 9110, section 12.5.1). A header that says nothing of
 * `application/json` may ask for `application/problem+json`. Parameters other than `q` are ignored, and so is the case of
 * names; `*` alone is any type.
 */
export function acceptsJson(accept: string): boolean {
	const weights = readWeights(accept)
	return weights.size === 0 || (decide(weights, jsonRanges)?.weight ?? 0) > 0
}

/** Whether an `Accept` header prefers a stream of events to JSON. Of equal weights, a type that is named wins. */
export function prefersEventStream(accept: string): boolean {
	const weights = readWeights(accept)
	const stream = decide(weights, streamRanges)
	const json = decide(weights, jsonRanges)
	if (stream === undefined || stream.weight === 0) return false
	if (json === undefined || stream.weight !== json.weight) return stream.weight > (json?.weight ?? 0)
	return stream.range === streamRanges[0] && json.range !== jsonRanges[0]
}

// The most specific range that covers a type decides, and for JSON without one that of problems.
const jsonRanges = ['application/json', 'application/*', '*/*', 'application/problem+json']
const streamRanges = ['text/event-stream', 'text/*', '*/*']

function decide(weights: ReadonlyMap<string, number>, ranges: string[]): { range: string; weight: number } | undefined {
	for (const range of ranges) {
		const weight = weights.get(range)
		if (weight !== undefined) return { range, weight }
	}
	return undefined
}

// Commas and semicolons separate nothing inside of a quoted string.
const element = /(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g
const part = /(?:[^";]|"(?:[^"\\]|\\.)*"?)+/g
const weightForm = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i

/** The weight of each range: 1, unless a well-formed `q` says otherwise. */
function readWeights(accept: string): ReadonlyMap<string, number> {
	const ranges = (accept.match(element) ?? []).map((text) => text.trim()).filter((text) => text !== '')
	return new Map(
		ranges.map((text) => {
			const [name = '', ...parameters] = (text.match(part) ?? []).map((each) => each.trim())
			const weight = parameters.map((parameter) => weightForm.exec(parameter)?.[1]).find((value) => value !== undefined)
			return [name === '*' ? '*/*' : name.toLowerCase(), Number(weight ?? 1)]
		}),
	)
}
