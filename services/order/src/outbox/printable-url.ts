/** A URL without its password and its query, which may be secret. Another text stays as it is. */
export function printableUrl(text: string): string {
	const url = URL.parse(text)
	return url === null ? text : `${url.origin}${url.pathname}`
}
