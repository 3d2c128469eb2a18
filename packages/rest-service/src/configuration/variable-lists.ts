/** The parts of a list between commas or spaces. */
export function splitList(text: string | undefined): string[] {
	return (text ?? '').split(/[\s,]+/).filter((part) => part !== '')
}

/** Whether a list has only origins of web pages, and `*` for every origin. */
export function isOriginList(text: string): boolean {
	const parts = splitList(text)
	return parts.length > 0 && parts.every((part) => part === '*' || readOrigin(part) !== undefined)
}

/** The origins of a valid list as browsers send them (RFC 6454, section 6.2), each once. With `*` they are `*` alone. */
export function readOrigins(text: string | undefined): string[] {
	const origins = new Set(splitList(text).map((part) => readOrigin(part) ?? part))
	return origins.has('*') ? ['*'] : [...origins]
}

// With a slash at the end, as people copy it from the address bar.
const originForm = /^https?:\/\/[^\s/?#@\\*]+\/?$/i

function readOrigin(text: string): string | undefined {
	return originForm.test(text) && URL.canParse(text) ? new URL(text).origin : undefined
}
