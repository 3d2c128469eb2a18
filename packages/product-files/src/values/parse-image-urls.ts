import { parseText } from './parse-text.ts'
import { RowError } from './row-error.ts'

/**
 * Reads the URLs of images, from one text or from several. In a text, white space separates them, and so do a comma, a
 * semicolon and a bar before the next `http`.
 *
 * @throws RowError that names the first part that is no URL
 */
export function parseImageUrls(value: unknown): string[] {
	const texts = Array.isArray(value) ? value : [value]
	return texts.flatMap((text) => splitUrls(parseText('imageUrls', text, 'IMAGE_URL_INVALID')))
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
