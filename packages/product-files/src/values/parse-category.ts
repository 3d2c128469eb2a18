import { parseText } from './parse-text.ts'
import { RowError } from './row-error.ts'

/**
 * Reads a category, whose parts are separated by `>` or `/`: " Home > Kitchen " is "Home/Kitchen".
 *
 * @throws RowError for a category with an empty part
 */
export function parseCategory(value: unknown): string {
	const text = parseText('category', value, 'CATEGORY_INVALID')
	if (text === '') return ''
	const parts = text.split(/[>/]/).map((part) => part.trim())
	if (!parts.includes('')) return parts.join('/')
	const problem = `category must be a path such as "Home/Kitchen" without empty parts, not ${JSON.stringify(text.slice(0, 200))}`
	throw new RowError('CATEGORY_INVALID', problem)
}
