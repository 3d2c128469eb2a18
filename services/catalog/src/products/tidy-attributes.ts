/**
 * Attributes without the white space at the ends of their names and values. One without a value keeps its name, because a
 * mask may clear what an older version has stored.
 */
export function tidyAttributes(attributes: Record<string, string>): Record<string, string> {
	const entries = Object.entries(attributes)
	if (entries.every(([name, value]) => name === name.trim() && value === value.trim())) return attributes
	return Object.fromEntries(entries.map(([name, value]) => [value === '' ? name : name.trim(), value.trim()]))
}
