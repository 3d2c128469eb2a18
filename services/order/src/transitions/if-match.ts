/**
 * The versions that an `If-Match` header names (RFC 9110, section 13.1.1); undefined when there is none, or `*`.
 * A weak tag never matches, nor does anything else that is no order's tag: it names no version.
 */
export function readIfMatch(header: string | undefined): number[] | undefined {
	if (header === undefined || header === '*') return undefined
	return header.split(',').flatMap((tag) => {
		const version = /^\s*"([1-9]\d{0,14})"\s*$/.exec(tag)?.[1]
		return version === undefined ? [] : [Number(version)]
	})
}
