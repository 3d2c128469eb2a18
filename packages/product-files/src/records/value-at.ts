/** The value of a column. In JSON, `variant/price` is the member `price` of the member `variant`. */
export function valueAt(values: ReadonlyMap<string, unknown>, column: string): unknown {
	if (values.has(column) || !column.includes('/')) return values.get(column)
	const [first = '', ...members] = column.split('/')
	let value = values.get(first)
	for (const member of members) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined
		value = (value as Record<string, unknown>)[member]
	}
	return value
}
