import { isAmount, largestAmount } from '@mercat/catalog-api/amounts'

type TextRule = {
	/** Characters, not UTF-16 units. */
	min?: number
	max: number
	/** Line breaks and tabs are allowed. */
	multiline?: boolean
}

/** What is wrong with a text, to complete a sentence after its name; `undefined` when nothing is. */
export function textProblem(text: string, { min = 0, max, multiline = false }: TextRule): string | undefined {
	const bounds = min === 0 ? `at most ${max} characters` : `${min} to ${max} characters`
	if (isLongerThan(text, max)) return `must have ${bounds}`
	if (min > 0 && text.trim() === '') return `must have ${bounds}, not only white space`
	if (!text.isWellFormed()) return 'must be well-formed Unicode'
	if ((multiline ? controlButLineBreaks : control).test(text)) return 'must not contain control characters'
	return undefined
}

/** What is wrong with an amount or a quantity on hand; `undefined` when nothing is. */
export function amountProblem(amount: number): string | undefined {
	return isAmount(amount) ? undefined : `must be an integer from 0 to ${largestAmount}`
}

const control = /\p{Cc}/u
const controlButLineBreaks = /[^\P{Cc}\n\r\t]/u

function isLongerThan(text: string, max: number): boolean {
	if (text.length <= max) return false
	// A character takes at most two units. So a text of any length is judged in bounded time.
	return text.length > 2 * max || [...text].length > max
}
