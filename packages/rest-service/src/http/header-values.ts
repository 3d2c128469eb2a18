/**
 * The value of each line of a header. Node's own `headers` join such lines or drop all but one.
 *
 * @param name in lower case
 * @param rawHeaders names and values in turn, as Node gives them
 */
export function valuesOf(name: string, rawHeaders: readonly string[]): string[] {
	const values: string[] = []
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const header = rawHeaders[index] as string
		if (header.length === name.length && header.toLowerCase() === name) values.push(rawHeaders[index + 1] as string)
	}
	return values
}
