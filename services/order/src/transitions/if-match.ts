/**
 * The versions that an `If-Match` header names (RFC 9110, section 13.1.1). Undefined, for a missing header or `*`, is any
 * version. A weak tag and any other text that is not the tag of an order names no version, so it never matches.
 */
export function readIfMatch(header: string | undefined): number[] | undefined {
	if (header === undefined || header === '*') return undefined
	return header.split(',').flatMap((tag) => {
		const version = /^\s*"([1-9]\d{0,14})"\s*$/.exec(tag)?.[1]
		return version === undefined ? [] : [Number(version)]
	})
}
