import { toPlainText } from '../formats/plain-text.ts'

/** HTML that shows a text with its line breaks, and that is the text itself where this is the same. */
export function htmlOfText(text: string): string {
	if (!/[<&\n\r\t]| {2}/.test(text)) return text
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
	return toPlainText(escaped) === text && !text.includes('\n')
		? escaped
		: `<div style="white-space: pre-wrap">${escaped}</div>`
}
