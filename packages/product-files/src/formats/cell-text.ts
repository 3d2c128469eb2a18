/** The trimmed text of a cell. JSON also has numbers and booleans. */
export function cellText(value: unknown): string {
	if (typeof value === 'string') return value.trim()
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
