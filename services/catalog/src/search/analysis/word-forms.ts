/**
 * Plurals and singulars that a word may have in German, Dutch, French, Spanish, Portuguese or Italian. Most of them are no
 * words: only those that products have can be meant. Plurals that end in -s have the stem of their singular already.
 *
 * @param word folded
 */
export function wordForms(word: string): string[] {
	if (!latinLetters.test(word)) return []
	return rules.flatMap(({ ending, least, becomes }) => {
		if (word.length < least || !ending.test(word)) return []
		return becomes.map((replacement) => word.replace(ending, replacement))
	})
}

const latinLetters = /^[a-z]+$/

// The least length keeps short English words apart: `cap` and `cape`, `pin` and `pine`.
const rules: { ending: RegExp; least: number; becomes: string[] }[] = [
	// Lampe, Lampen; Bett, Betten; schoen, schoenen.
	{ ending: /(?<=e)$/, least: 4, becomes: ['n'] },
	{ ending: /(?<=e)n$/, least: 5, becomes: [''] },
	{ ending: /(?<=[^aeiouy])$/, least: 4, becomes: ['en'] },
	{ ending: /(?<=[^aeiouy])en$/, least: 6, becomes: [''] },
	// Tisch, Tische.
	{ ending: /(?<=[^aeiouys])$/, least: 5, becomes: ['e'] },
	{ ending: /(?<=[^aeiouys])e$/, least: 6, becomes: [''] },
	// bateau, bateaux; cheval, chevaux.
	{ ending: /(?<=[aeo]u)$/, least: 4, becomes: ['x'] },
	{ ending: /(?<=[aeo]u)x$/, least: 5, becomes: [''] },
	{ ending: /al$/, least: 5, becomes: ['aux'] },
	{ ending: /aux$/, least: 6, becomes: ['al'] },
	// lápiz, lápices; balão, balões.
	{ ending: /z$/, least: 4, becomes: ['ces'] },
	{ ending: /ces$/, least: 5, becomes: ['z'] },
	{ ending: /ao$/, least: 5, becomes: ['oes'] },
	{ ending: /oes$/, least: 6, becomes: ['ao'] },
	// libro, libri; candela, candele.
	{ ending: /o$/, least: 5, becomes: ['i'] },
	{ ending: /i$/, least: 5, becomes: ['o'] },
	{ ending: /a$/, least: 6, becomes: ['e'] },
	{ ending: /(?<=[^aeiou])e$/, least: 6, becomes: ['a'] },
]
