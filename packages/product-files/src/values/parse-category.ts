import { categoryParts } from '@mercat/catalog-api/categories'
import { splitAtCommas, withPlainCommas } from './escaped-commas.ts'
import { parseText } from './parse-text.ts'
import { RowError } from './row-error.ts'

/**
 * Reads a category, whose parts are separated by `>` or `/`: " Home > Kitchen " is "Home/Kitchen". Other systems list
 * several categories below the same first part, "Home,Home/Kitchen/Mugs": it is the one with the most parts. A comma
 * behind a backslash belongs to a name. Beside their `>`, a slash without spaces belongs to a name, too, where it becomes
 * a `-`: "TV/Video > Cables" is "TV-Video/Cables".
 *
 * @throws RowError for a category with an empty part
 */
export function parseCategory(value: unknown, { isForeign }: { isForeign: boolean }): string {
	const text = parseText('category', value, 'CATEGORY_INVALID')
	if (text === '') return ''
	const parts = isForeign ? deepestOf(text) : categoryParts(text)
	if (!parts.includes('')) return parts.join('/')
	const problem = `category must be a path such as "Home/Kitchen" without empty parts, not ${JSON.stringify(text.slice(0, 200))}`
	throw new RowError('CATEGORY_INVALID', problem)
}

// A comma is a separator only if every part after it repeats the beginning: "Home, Garden/Tools" is one category.
function deepestOf(text: string): string[] {
	const categories = splitAtCommas(text).map(foreignParts)
	const [first] = categories
	const isList = categories.every((parts) => parts[0] === first?.[0])
	if (!isList) return foreignParts(text)
	return categories.reduce((best, parts) => (parts.length > best.length ? parts : best))
}

function foreignParts(escaped: string): string[] {
	const category = withPlainCommas(escaped)
	if (!category.includes('>')) return categoryParts(category)
	return category.split(/>|\s\/\s/).map((part) => part.trim().replaceAll(slashInName, '-'))
}

const slashInName = /(?<=\S)\/(?=\S)/g
