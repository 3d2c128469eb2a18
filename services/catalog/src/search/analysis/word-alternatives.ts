import type { WordAlternative } from './query-words.ts'
import { canBeJoined, piecesOf } from './runs/joined-words.ts'
import type { Group, Piece } from './runs/run-groups.ts'
import { stemMark } from './runs/run-tokens.ts'
import { skuMark } from './sku-tokens.ts'
import { mostLetters } from './words/fold-word.ts'
import { wordForms } from './words/word-forms.ts'
import { stemOf } from './words/word-stems.ts'

/** The ways in which a product can have the word of a query, the word as it was typed first. */
export function wordAlternatives(groups: readonly Group[]): WordAlternative[] {
	const alternatives = createAlternatives()
	const pieces = groups.flatMap(piecesOf)
	const joined = joinedWord(groups)
	for (const word of joined) alternatives.add('exact', [word])
	for (const sequence of sequencesOf(groups)) alternatives.add('exact', sequence)
	// A sku is one word for many people, whatever separators it has.
	const [whole = ''] = joined
	if (pieces.length > 1 && modelCode.test(whole)) alternatives.add('exact', [skuMark + whole])
	const [only] = pieces
	if (pieces.length === 1 && only !== undefined) {
		if (groups.at(-1)?.isPossessive) alternatives.add('form', [only.word])
		if (only.isNumber) return alternatives.all
		addStems(alternatives, [], only.stem)
		for (const form of wordForms(only.word)) alternatives.add('form', [form])
	} else {
		const last = pieces.at(-1)
		const before = pieces.slice(0, -1).map(({ word }) => word)
		if (last !== undefined && !last.isNumber) addStems(alternatives, before, last.stem)
		for (const word of joined) if (!pieces.some(({ isNumber }) => isNumber)) addStems(alternatives, [], stemOf(word))
	}
	return alternatives.all
}

const modelCode = /^(?=.*\d)[a-z0-9]+$/

/** The alternatives of words that were typed apart, as one word. */
export function joinedAlternatives(word: string): WordAlternative[] {
	const alternatives = createAlternatives()
	alternatives.add('exact', [word])
	if (!/\p{N}/u.test(word)) addStems(alternatives, [], stemOf(word))
	return alternatives.all
}

// Words that are their own stem have no token for it, so both are looked up.
function addStems(alternatives: ReturnType<typeof createAlternatives>, before: readonly string[], stem: string): void {
	alternatives.add('stem', [...before, stemMark + stem])
	alternatives.add('stem', [...before, stem])
}

/** The run without its separators, and the same with other spellings. Empty where numbers would run into each other. */
function joinedWord(groups: readonly Group[]): string[] {
	const isOne = groups.every((group, index) => {
		const next = groups[index + 1]
		return next === undefined || canBeJoined(group, next)
	})
	if (!isOne) return []
	const ending = groups.at(-1)?.isPossessive ? 's' : ''
	return spellings(groups.flatMap(piecesOf))
		.map((words) => words.join('') + ending)
		.filter((word) => word.length <= mostLetters)
}

/** Sequences of segments (`5000`, `mah`), and of pieces where segments have several (`channel`, `line`). */
function sequencesOf(groups: readonly Group[]): string[][] {
	const pieces = groups.flatMap(piecesOf)
	const segments = groups.flatMap((group) => group.segments)
	const sequences = pieces.length > 1 ? spellings(pieces) : []
	if (segments.length > 1 && segments.length < pieces.length) {
		sequences.push(segments.map((segment) => segment.map(({ word }) => word).join('')))
	}
	return sequences
}

function spellings(pieces: readonly Piece[]): string[][] {
	const words = pieces.map(({ word }) => word)
	if (pieces.every(({ others }) => others.length === 0)) return [words]
	return [words, pieces.map(({ word, others }) => others[0] ?? word)]
}

/** Alternatives, each sequence of tokens once. */
function createAlternatives() {
	const all: WordAlternative[] = []
	const known = new Set<string>()
	return {
		all,
		add(kind: WordAlternative['kind'], tokens: string[]): void {
			const key = tokens.join(' ')
			if (known.has(key)) return
			known.add(key)
			all.push({ tokens, kind })
		},
	}
}
