/** What is wrong with a text, for its author; `undefined` when nothing is. Lengths are in characters, not in UTF-16 units. */
export function textProblem(
	text: string,
	{ min = 0, max, multiline = false }: { min?: number; max: number; multiline?: boolean },
): string | undefined {
	const bounds = min === 0 ? `at most ${max} characters` : `${min} to ${max} characters`
	if (isLongerThan(text, max)) return `must have ${bounds}`
	if (min > 0 && text.trim() === '') return `must have ${bounds}, not only white space`
	if (!text.isWellFormed()) return 'must be well-formed Unicode'
	if ((multiline ? controlButLineBreaks : control).test(text)) return 'must not contain control characters'
	return undefined
}

const control = /\p{Cc}/u
const controlButLineBreaks = /[^\P{Cc}\n\r\t]/u

function isLongerThan(text: string, max: number): boolean {
	if (text.length <= max) return false
	// A character takes at most two units, so that a text of any length is judged in bounded time.
	return text.length > 2 * max || [...text].length > max
}
