/** The parts of a list with commas between them. A comma within a part stands behind a backslash, and stays so. */
export function splitAtCommas(text: string): string[] {
	return text.split(/(?<!\\),/)
}

/** A part of a list as it is meant: without the backslashes before its commas. */
export function withPlainCommas(part: string): string {
	return part.replaceAll('\\,', ',')
}
