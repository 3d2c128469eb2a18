const letters = 'abcdefghijklmnopqrstuvwxyz'

/** The word with one typo: two letters swapped, or one missing, doubled or wrong. */
export function misspelled(word: string, random: () => number): string {
	const at = Math.floor(random() * (word.length - 1))
	const [before, letter, next, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)]
	const kind = Math.floor(random() * 4)
	if (kind === 0) return `${before}${next}${letter}${after}`
	if (kind === 1) return `${before}${next}${after}`
	if (kind === 2) return `${before}${letter}${letter}${next}${after}`
	return `${before}${letters[Math.floor(random() * letters.length)]}${next}${after}`
}
