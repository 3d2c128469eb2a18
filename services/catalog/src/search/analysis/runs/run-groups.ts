import { cut, foldWord, hasUmlaut, spelledWord } from '../words/fold-word.ts'
import { classAt, letterClasses } from '../words/letter-classes.ts'
import { stemOf, umlautStemOf } from '../words/word-stems.ts'
import { readNumber } from './read-number.ts'

/** The smallest part of a word that is searched for: letters or a number. */
export type Piece = {
	/** Folded. */
	word: string
	/** What people write for it instead: `mueller` for `Müller`, `1000` for `1,000`. */
	others: string[]
	/** The word itself when it has no other. */
	stem: string
	isNumber: boolean
	/** A word by which products are found, but which does not find this one: `c` for `C++`. */
	foundBy?: string
}

/**
 * What stands between two separators of a run: `TW5600` in `EH-TW5600` has a segment of letters and one of digits, and
 * `ChannelLine` has one segment of two pieces.
 */
export type Group = {
	segments: Piece[][]
	/** Whether an `'s` follows. */
	isPossessive: boolean
}

/** @param run one that `eachRun` gave */
export function groupsOf(run: string): Group[] {
	const sign = /^[a-z](\+\+|#)$/i.exec(run)
	if (sign !== null) return [groupOf([signedPiece(run, sign[1] === '#' ? 'sharp' : 'plusplus')])]
	const groups: Group[] = []
	let group: Group | undefined
	let index = 0
	while (index < run.length) {
		const found = classAt(run, index)
		if (found === digit || (index === 0 && run[0] === '.')) {
			const { text, others, end } = readNumber(run, index)
			group = open(group, groups)
			group.segments.push([{ word: text, others, stem: text, isNumber: true }])
			index = end
		} else if (found === other) {
			if (isPossessive(run, index) && group !== undefined) {
				group.isPossessive = true
				index += 1
			} else if (isInch(run, index) && group !== undefined) {
				group.segments.push([pieceOf('inch')])
			}
			group = undefined
			index += 1
		} else {
			const end = endOfLetters(run, index)
			const pieces = wordsInside(run.slice(index, end)).map(pieceOf)
			const segment = pieces.filter(({ word }) => word !== '')
			if (segment.length > 0) {
				group = open(group, groups)
				group.segments.push(segment)
			}
			index = end
		}
	}
	return groups
}

const { digit, other } = letterClasses

function open(group: Group | undefined, groups: Group[]): Group {
	if (group !== undefined) return group
	const opened = groupOf()
	groups.push(opened)
	return opened
}

function groupOf(...segments: Piece[][]): Group {
	return { segments, isPossessive: false }
}

// `C++` is found by its own name alone, and by `C` among other words.
function signedPiece(run: string, name: string): Piece {
	const letter = foldWord(run[0] ?? '')
	return { word: letter + name, others: [], stem: letter + name, isNumber: false, foundBy: letter }
}

export function pieceOf(text: string): Piece {
	const word = foldWord(text)
	const spelled = spelledWord(text)
	const stem = hasUmlaut(text) ? umlautStemOf(word) : stemOf(word)
	return { word, others: spelled === undefined || spelled === word ? [] : [spelled], stem: cut(stem), isNumber: false }
}

function endOfLetters(run: string, start: number): number {
	let end = start + 1
	for (;;) {
		const found = classAt(run, end)
		if (found === digit || found === other) return end
		end += 1
	}
}

// `WiFi`, `HDMIKabel`. A part of one letter is none: `iPhone`, `mAh`, `PCs`.
const borderInside = /(?<=\p{L}\p{Ll})(?=\p{Lu}\p{L})|(?<=\p{Lu}\p{Lu})(?=\p{Lu}\p{Ll}\p{Ll})/u
const capitalInside = /(?!^)\p{Lu}/u

function wordsInside(letters: string): string[] {
	return capitalInside.test(letters) ? letters.split(borderInside) : [letters]
}

function isPossessive(run: string, index: number): boolean {
	return run[index] === "'" && /s/i.test(run[index + 1] ?? '') && !isInsideWord(classAt(run, index + 2))
}

function isInsideWord(found: number): boolean {
	return found !== other && found !== digit
}

function isInch(run: string, index: number): boolean {
	return run[index] === '"' || (run[index] === "'" && run[index + 1] === "'")
}
