/** A text without line breaks and control characters, such as the message of an error of OpenSSL has them. */
export function oneLine(text: string): string {
	return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
