import { classAt, letterClasses } from '../words/letter-classes.ts'

/**
 * Takes a run of a text: a word with the signs inside it, such as `Wi-Fi`, `1.5V`, `men's`, `24"` or `C++`; or all letters of
 * a script without spaces that stand together. It answers whether it wants more.
 */
export type TakeRun = (start: number, end: number, isUnspaced: boolean) => boolean

const { letter, digit, mark, unspaced, other } = letterClasses

/** @param text a normal text */
export function eachRun(text: string, take: TakeRun): void {
	let index = 0
	while (index < text.length) {
		const found = classAt(text, index)
		if (found === other || found === mark) {
			if (!isDecimalPoint(text, index)) {
				index += 1
				continue
			}
		}
		const isUnspaced = found === unspaced
		const end = isUnspaced ? endOfLetters(text, index) : endOfWord(text, index)
		if (!take(index, end, isUnspaced)) return
		index = end
	}
}

function endOfLetters(text: string, start: number): number {
	let end = start + 1
	for (;;) {
		const found = classAt(text, end)
		if (found !== unspaced && found !== mark) return end
		end += 1
	}
}

function endOfWord(text: string, start: number): number {
	let end = start + 1
	for (;;) {
		const found = classAt(text, end)
		const isInside = found === letter || found === digit || found === mark || (found === other && isJoint(text, end))
		if (!isInside) return end + lengthOfSign(text, start, end)
		end += 1
		if (end - start >= longestRun) return isLowSurrogate(text.charCodeAt(end)) ? end + 1 : end
	}
}

// A longer one is divided. No word is so long.
const longestRun = 128

function isLowSurrogate(unit: number): boolean {
	return unit >= 0xdc00 && unit < 0xe000
}

// `.5` is a number, too.
function isDecimalPoint(text: string, index: number): boolean {
	return (
		text.charCodeAt(index) === point &&
		classAt(text, index + 1) === digit &&
		(index === 0 || classAt(text, index - 1) === other)
	)
}

const point = 0x2e

/** Whether a sign holds the letters on both sides of it together. */
function isJoint(text: string, index: number): boolean {
	const before = classAt(text, index - 1)
	const after = classAt(text, index + 1)
	if (after !== letter && after !== digit) return false
	switch (text[index]) {
		case '-':
		case '_':
		case '.':
			return before !== other
		case "'":
		case '&':
			return (before === letter || before === mark) && after === letter
		case ',':
		case '/':
			return before === digit && after === digit
		default:
			return false
	}
}

/** The length of a sign that belongs to the run before it: `24"`, `C++`, `C#`. */
function lengthOfSign(text: string, start: number, end: number): number {
	const sign = text[end]
	if (sign === '"' && classAt(text, end - 1) === digit) return 1
	if (sign === "'" && text[end + 1] === "'" && classAt(text, end - 1) === digit) return 2
	if (end - start > 1 || classAt(text, start) !== letter) return 0
	if (sign === '#') return 1
	return sign === '+' && text[end + 1] === '+' ? 2 : 0
}
