/** The beginning of a text in a form that jsonb takes, which knows neither NUL nor halves of surrogate pairs. */
export function storableText(text: string, mostCharacters: number): string {
	return text.slice(0, mostCharacters).replaceAll('\0', '\uFFFD').toWellFormed()
}
