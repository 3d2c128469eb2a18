/**
 * Plurals and singulars that a word may have in German, Dutch, French, Spanish, Portuguese or Italian. Most of them are no
 * words: only those that products have can be meant. Plurals that end in -s have the stem of their singular already.
 *
 * @param word folded
 */
export function wordForms(word: string): string[] {
	if (!latinLetters.test(word)) return []
	const forms: string[] = []
	for (const { after, ending, becomes, least } of rules) {
		const kept = word.length - ending.length
		if (word.length < least || !word.endsWith(ending) || !after.includes(word.charAt(kept - 1))) continue
		forms.push(word.slice(0, kept) + becomes)
	}
	return forms
}

const latinLetters = /^[a-z]+$/

const consonants = 'bcdfghjklmnpqrstvwxz'
const letters = `${consonants}aeiouy`
const consonantsButS = consonants.replace('s', '')

// The least length of a word keeps short English words apart: `cap` and `cape`, `pin` and `pine`.
const rules: { after: string; ending: string; becomes: string; least: number }[] = [
	// Lampe, Lampen; Bett, Betten; schoen, schoenen.
	{ after: 'e', ending: '', becomes: 'n', least: 4 },
	{ after: 'e', ending: 'n', becomes: '', least: 5 },
	{ after: consonants, ending: '', becomes: 'en', least: 4 },
	{ after: consonants, ending: 'en', becomes: '', least: 6 },
	// Tisch, Tische.
	{ after: consonantsButS, ending: '', becomes: 'e', least: 5 },
	{ after: consonantsButS, ending: 'e', becomes: '', least: 6 },
	// bateau, bateaux; cheval, chevaux.
	{ after: 'aeo', ending: 'u', becomes: 'ux', least: 4 },
	{ after: 'aeo', ending: 'ux', becomes: 'u', least: 5 },
	{ after: letters, ending: 'al', becomes: 'aux', least: 5 },
	{ after: letters, ending: 'aux', becomes: 'al', least: 6 },
	// lápiz, lápices; balão, balões.
	{ after: letters, ending: 'z', becomes: 'ces', least: 4 },
	{ after: letters, ending: 'ces', becomes: 'z', least: 5 },
	{ after: letters, ending: 'ao', becomes: 'oes', least: 5 },
	{ after: letters, ending: 'oes', becomes: 'ao', least: 6 },
	// libro, libri; candela, candele.
	{ after: consonants, ending: 'o', becomes: 'i', least: 5 },
	{ after: consonants, ending: 'i', becomes: 'o', least: 5 },
	{ after: letters, ending: 'a', becomes: 'e', least: 6 },
	{ after: consonants, ending: 'e', becomes: 'a', least: 6 },
]
