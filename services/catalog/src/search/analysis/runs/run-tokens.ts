import { isFunctionWord } from '../words/function-words.ts'
import { stemOf } from '../words/word-stems.ts'
import { joinedWords, piecesOf } from './joined-words.ts'
import { type Group, groupsOf, type Piece } from './run-groups.ts'

/** Before the stem of a word that differs from the word. */
export const stemMark = '*'

/** The tokens of one run of a product. */
export type RunTokens = {
	tokens: string[]
	/** The position of each token, from the first piece of the run. There may be more of them than tokens. */
	offsets: number[]
	/** How many positions the run takes. */
	length: number
	/** The folded word, when the run is one piece. */
	word: string | undefined
	isFunctionWord: boolean
}

/** @param run one that `eachRun` gave, of letters and digits */
export function runTokens(run: string): RunTokens {
	return simpleWord.test(run) ? simpleTokens(run.toLowerCase()) : allTokens(run)
}

// Most runs are such words, which have one piece and no signs.
const simpleWord = /^(?:[A-Za-z]?[a-z]{1,31}|[A-Z]{1,32})$/

function simpleTokens(word: string): RunTokens {
	const stem = stemOf(word)
	return {
		tokens: stem === word ? [word] : [word, stemMark + stem],
		offsets: atFirst,
		length: 1,
		word,
		isFunctionWord: isFunctionWord(word),
	}
}

const atFirst = [0, 0]

function allTokens(run: string): RunTokens {
	const groups = groupsOf(run)
	const pieces = groups.flatMap(piecesOf)
	const found = createTokens()
	for (const [offset, piece] of pieces.entries()) addPiece(found, piece, offset)
	for (const { word, others, first, last } of joinedWords(groups)) {
		const stem = stemOf(word)
		for (const token of [word, ...others, ...(stem === word ? [] : [stemMark + stem])]) {
			found.add(token, first)
			// At both ends, so that the joined word stands beside the word before the run and the word after it.
			if (last > first) found.add(token, last)
		}
	}
	const word = isOneWord(groups) ? pieces[0]?.word : undefined
	const { tokens, offsets } = found
	return { tokens, offsets, length: pieces.length, word, isFunctionWord: word !== undefined && isFunctionWord(word) }
}

function addPiece(found: ReturnType<typeof createTokens>, piece: Piece, offset: number): void {
	found.add(piece.word, offset)
	for (const other of piece.others) found.add(other, offset)
	if (piece.stem !== piece.word) found.add(stemMark + piece.stem, offset)
	if (piece.foundBy !== undefined) found.add(piece.foundBy, offset)
}

function isOneWord([group, second]: readonly Group[]): boolean {
	return group !== undefined && second === undefined && !group.isPossessive && piecesOf(group).length === 1
}

/** Tokens with their offsets, each pair once. */
function createTokens() {
	const tokens: string[] = []
	const offsets: number[] = []
	return {
		tokens,
		offsets,
		add(token: string, offset: number): void {
			for (let index = 0; index < tokens.length; index++) {
				if (tokens[index] === token && offsets[index] === offset) return
			}
			tokens.push(token)
			offsets.push(offset)
		},
	}
}
