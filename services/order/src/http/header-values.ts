/**
 * The values of a header, one for each of its lines, which Node joins or drops elsewhere.
 *
 * @param name in lower case
 * @param rawHeaders the headers as they came, names and values in turn
 */
export function valuesOf(name: string, rawHeaders: readonly string[]): string[] {
	const values: string[] = []
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const header = rawHeaders[index] as string
		if (header.length === name.length && header.toLowerCase() === name) values.push(rawHeaders[index + 1] as string)
	}
	return values
}
