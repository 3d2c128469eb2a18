const longestMs = 86_400_000

/**
 * The delay that a Retry-After header asks for, up to a day; 0 when it is missing or malformed (RFC 9110, 10.2.3).
 *
 * @param now in milliseconds since 1970
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number {
	const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? ''
	const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text) - now
	return Math.min(Math.max(delayMs, 0) || 0, longestMs)
}

/** Dates of HTTP end in GMT, or have no zone in their oldest form. `Date.parse` reads more than that. */
function dateOf(text: string): number {
	if (/^\w{3,9}, .+ GMT$/.test(text)) return Date.parse(text)
	return /^\w{3} \w{3} .+ \d{4}$/.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
