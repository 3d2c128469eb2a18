import { RowError, type RowRule } from './row-error.ts'

/**
 * Reads a text without the white space around it. An empty text and null clear the field.
 *
 * @throws RowError for another type, and for characters that no text of ours can have
 */
export function parseText(field: string, value: unknown, rule: RowRule = 'TEXT_INVALID'): string {
	if (value === null) return ''
	if (typeof value !== 'string') throw new RowError(rule, `${field} must be a text`)
	if (isText(value)) return value.trim()
	throw new RowError(rule, `${field} must be a text without NUL and half characters`)
}

/** A text, or a number that has only one spelling. */
export function parseName(field: string, value: unknown, rule: RowRule): string {
	return parseText(field, Number.isSafeInteger(value) ? String(value) : value, rule)
}

/** Reads the value of an attribute, where numbers and booleans become texts, and several texts one. */
export function parseAttribute(field: string, value: unknown): string {
	const plain = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
	if (!Array.isArray(plain)) return parseText(field, plain, 'ATTRIBUTE_INVALID')
	const texts = plain.map((item) => (Array.isArray(item) ? parseText(field, item) : parseAttribute(field, item)))
	return texts.filter((text) => text !== '').join(', ')
}

/** UTF-8 cannot encode half a surrogate pair, and PostgreSQL cannot store a NUL. */
export function isText(text: string): boolean {
	return text.isWellFormed() && !text.includes('\0')
}
