/** The kinds of characters that words are made of. `unspaced` letters belong to scripts that put no spaces between words. */
export const letterClasses = { other: 1, letter: 2, digit: 3, mark: 4, unspaced: 5 } as const

const { other, letter, digit, mark, unspaced } = letterClasses

// Korean has spaces, but its compounds are written with and without them.
const unspacedLetter =
	/^(?=[\p{L}\p{Nl}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

const classOfUnit = new Uint8Array(65_536)
for (let unit = 0; unit < 128; unit++) classOfUnit[unit] = classOf(String.fromCharCode(unit))

/** The class of the character at an index. Both halves of a pair of surrogates have the class of the pair. */
export function classAt(text: string, index: number): number {
	if (index >= text.length) return other
	const unit = text.charCodeAt(index)
	return classOfUnit[unit] || rareClass(text, index, unit)
}

function rareClass(text: string, index: number, unit: number): number {
	if (unit >= 0xd800 && unit < 0xdc00) return classOf(String.fromCodePoint(text.codePointAt(index) ?? unit))
	if (unit >= 0xdc00 && unit < 0xe000) {
		const pair = index === 0 ? unit : (text.codePointAt(index - 1) ?? unit)
		return pair > 0xffff ? classOf(String.fromCodePoint(pair)) : other
	}
	const found = classOf(String.fromCharCode(unit))
	classOfUnit[unit] = found
	return found
}

function classOf(character: string): number {
	if (unspacedLetter.test(character)) return unspaced
	if (/^\p{L}/u.test(character)) return letter
	if (/^\p{N}/u.test(character)) return digit
	if (/^\p{M}/u.test(character)) return mark
	return other
}
