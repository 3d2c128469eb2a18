const bidiControl = /\p{Bidi_Control}/gu

/**
 * A text with a mark such as `[U+202E]` in place of each character that changes the direction of writing. A customer could make
 * a text look like another one with them (CVE-2021-42574).
 *
 * @param {string} text
 */
export function withVisibleControls(text) {
	return text.replace(bidiControl, (control) => {
		const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
		return `[U+${code}]`
	})
}
