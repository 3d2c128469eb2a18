// C0 and C1 controls, line and paragraph separators, and marks that change the direction of the text behind them.
const invisible = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * A text in which each character that could move, hide or reverse other text is written as an escape such as `\u001b`, for
 * a line that shows a text of a stranger. Unpaired surrogates become U+FFFD.
 */
export function visibleText(text: string): string {
	return text.toWellFormed().replaceAll(invisible, escaped)
}

function escaped(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
