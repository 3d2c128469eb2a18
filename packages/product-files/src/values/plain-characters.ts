const control = /\p{Cc}/u
const controlButLineBreaks = /[^\P{Cc}\n\r\t]+/gu

/** A text of one line: a line break and the white space around it become one space, and so does a control character. */
export function oneLine(text: string): string {
	return control.test(text) ? text.replaceAll(/[\s\p{Cc}]+/gu, ' ') : text
}

/** A text that keeps its line breaks and tabs. Other control characters become spaces. */
export function severalLines(text: string): string {
	return text.replaceAll(controlButLineBreaks, ' ')
}
