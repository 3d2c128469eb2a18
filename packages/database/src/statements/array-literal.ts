/**
 * An array as PostgreSQL's text form of it. The driver can do this too, but it takes several passes over each element,
 * which was most of the cost of sending a batch.
 *
 * @throws TypeError for an element that is no string, number, boolean, null or array
 */
export function toArrayLiteral(elements: readonly unknown[]): string {
	return `{${elements.map(toArrayElement).join(',')}}`
}

function toArrayElement(element: unknown): string {
	if (element === null || element === undefined) return 'NULL'
	if (Array.isArray(element)) return toArrayLiteral(element)
	if (typeof element === 'object') throw new TypeError('arrays take texts, numbers and truth values')
	if (typeof element !== 'string') return String(element)
	return `"${/["\\]/.test(element) ? element.replace(/["\\]/g, '\\$&') : element}"`
}
