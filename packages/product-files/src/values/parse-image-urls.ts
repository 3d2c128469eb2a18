import { parseText } from './parse-text.ts'
import { RowError } from './row-error.ts'

/**
 * Reads the URLs of images: a text with URLs, a text that is a JSON array, or an array. Each item of an array is one URL,
 * unless there is white space in it.
 *
 * @param mayHaveSpaces whether a space may also be a part of a URL, as other systems write it; it becomes `%20`
 * @throws RowError that names the first part that is no URL
 */
export function parseImageUrls(value: unknown, mayHaveSpaces = false): string[] {
	const read = (given: unknown) => (mayHaveSpaces ? withSpacesWritten(textOf(given)) : textOf(given))
	const list = Array.isArray(value) ? value : parseArray(value)
	const urls = list === undefined ? splitImageUrls(read(value)) : list.map(read).flatMap(urlsOfItem)
	for (const url of urls) checkUrl(url)
	return urls
}

// A space behind the end of an image, or behind a separator, stands between two images, even if the second one is none.
const spaceInUrl = /(?<!\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)|[,;|\s]) (?!\s|https?:\/\/|[,;|])/gi

/** Writes `%20` for each space that is a part of a URL. */
export function withSpacesWritten(text: string): string {
	return text.trim().replaceAll(spaceInUrl, '%20')
}

/** The URLs of a text. White space separates them, and so do a comma, a semicolon and a bar before the next `http`. */
export function splitImageUrls(text: string): string[] {
	return text
		.split(/\s+/)
		.flatMap((word) => word.split(/[,;|](?=https?:\/\/)/i))
		.map(withoutSeparatorAtEnd)
		.filter((url) => url !== '')
}

// A comma within a URL is a part of it, but white space never is.
function urlsOfItem(item: string): string[] {
	if (item === '') return []
	return /\s/.test(item) ? splitImageUrls(item) : [item]
}

function textOf(value: unknown): string {
	return parseText('imageUrls', value, 'IMAGE_URL_INVALID')
}

function parseArray(value: unknown): unknown[] | undefined {
	if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return undefined
	try {
		const parsed: unknown = JSON.parse(value)
		return Array.isArray(parsed) ? parsed : undefined
	} catch {
		return undefined
	}
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
