import { cut, mostLetters } from '../words/fold-word.ts'
import type { Group, Piece } from './run-groups.ts'

/** Groups of a run, or parts of them, written as one word. The numbers count the pieces of the run. */
export type JoinedWord = {
	word: string
	/** The same with other spellings of its pieces. */
	others: string[]
	first: number
	last: number
}

// Nobody writes as one word what has more parts than this.
const mostJoined = 8

/**
 * The forms of a run that are written without its separators: `WiFi` and `Wi-Fi` as `wifi`, `EH-TW5600` as `tw5600` and
 * `ehtw5600`. Numbers with a separator between them are joined only in long codes, such as `205/55R16`: `1/2` is no `12`.
 */
export function joinedWords(groups: readonly Group[]): JoinedWord[] {
	const joined: JoinedWord[] = []
	let position = 0
	let wholeRun = groups.length > 1 && groups.length <= mostJoined
	for (const [index, group] of groups.entries()) {
		const start = position
		for (const segment of group.segments) {
			if (segment.length > 1 && group.segments.length > 1) add(joined, segment, position, '')
			position += segment.length
		}
		const pieces = piecesOf(group)
		const ending = group.isPossessive ? 's' : ''
		if (pieces.length > 1 || ending !== '') add(joined, pieces, start, ending)
		const next = groups[index + 1]
		if (next === undefined) continue
		if (!canBeJoined(group, next)) wholeRun &&= isLongCode(groups)
		else if (groups.length > 2 && (isShort(group) || isShort(next)))
			add(joined, [...pieces, ...piecesOf(next)], start, '')
	}
	if (wholeRun) add(joined, groups.flatMap(piecesOf), 0, groups.at(-1)?.isPossessive ? 's' : '')
	return joined
}

export function piecesOf(group: Group): Piece[] {
	return group.segments.flat()
}

export function canBeJoined(group: Group, next: Group): boolean {
	return !(piecesOf(group).at(-1)?.isNumber && piecesOf(next)[0]?.isNumber)
}

function isLongCode(groups: readonly Group[]): boolean {
	const pieces = groups.flatMap(piecesOf)
	const digits = pieces.reduce((sum, { word, isNumber }) => (isNumber ? sum + word.length : sum), 0)
	return digits >= leastDigitsOfCode && pieces.some(({ isNumber }) => !isNumber)
}

const leastDigitsOfCode = 5

// Short parts and parts with digits are written with and without a separator. Of long ones only the whole run is.
function isShort(group: Group): boolean {
	const pieces = piecesOf(group)
	return pieces.length > 1 || pieces.some(({ word, isNumber }) => isNumber || word.length <= 2)
}

function add(joined: JoinedWord[], pieces: readonly Piece[], first: number, ending: string): void {
	const word = pieces.map((piece) => piece.word).join('') + ending
	if (pieces.length > mostJoined || word.length > mostLetters) return
	const other = pieces.map((piece) => piece.others[0] ?? piece.word).join('') + ending
	const others = other === word || other.length > mostLetters ? [] : [other]
	joined.push({ word, others, first, last: first + pieces.length - 1 })
}

/** The groups of a run as one word: `wifi` for `Wi-Fi`. */
export function wordOfGroups(groups: readonly Group[]): string {
	const pieces = groups.flatMap(piecesOf)
	return cut(pieces.map(({ word }) => word).join('') + (groups.at(-1)?.isPossessive ? 's' : ''))
}
