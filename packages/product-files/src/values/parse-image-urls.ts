import { parseText } from './parse-text.ts'
import { RowError } from './row-error.ts'

/**
 * Reads the URLs of images, from one text or from several. In a text, white space separates them, and so do a comma, a
 * semicolon and a bar before the next `http`.
 *
 * @param mayHaveSpaces whether a space may also be a part of a URL, as other systems write it; it becomes `%20`
 * @throws RowError that names the first part that is no URL
 */
export function parseImageUrls(value: unknown, mayHaveSpaces = false): string[] {
	const texts = Array.isArray(value) ? value : [value]
	return texts.flatMap((given) => {
		const text = parseText('imageUrls', given, 'IMAGE_URL_INVALID')
		return splitUrls(mayHaveSpaces ? withSpacesWritten(text) : text)
	})
}

// A space behind the end of an image, or behind a separator, stands between two images, even if the second one is none.
const spaceInUrl = /(?<!\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)|[,;|\s]) (?!\s|https?:\/\/|[,;|])/gi

function withSpacesWritten(text: string): string {
	return text.replaceAll(spaceInUrl, '%20')
}

function splitUrls(text: string): string[] {
	const urls = text
		.split(/\s+/)
		.flatMap((word) => word.split(/[,;|](?=https?:\/\/)/i))
		.map(withoutSeparatorAtEnd)
		.filter((url) => url !== '')
	for (const url of urls) checkUrl(url)
	return urls
}

function withoutSeparatorAtEnd(url: string): string {
	let end = url.length
	while (end > 0 && ',;|'.includes(url.charAt(end - 1))) end--
	return url.slice(0, end)
}

function checkUrl(url: string): void {
	if (/^https?:\/\//i.test(url) && URL.canParse(url)) return
	const shown = JSON.stringify(url.slice(0, 200))
	const reason = `imageUrls must be http or https URLs, and ${shown} is none; a space within a URL is written %20`
	throw new RowError('IMAGE_URL_INVALID', reason)
}
