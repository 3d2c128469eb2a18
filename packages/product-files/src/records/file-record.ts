import type { RecordRule } from './record-rules.ts'

/** One record of a file: its values by column or member, or the problem that leaves it without values. */
export type FileRecord = {
	/** The first line of the record, or its position among the elements. Both count from 1. */
	line: number
} & ({ values: Map<string, unknown> } | RecordProblem)

export type RecordProblem = {
	/** A text for people. */
	problem: string
	rule: RecordRule
	/** The file ends before the end of the record. */
	isCutOff?: true
}

/**
 * Stands in a text for bytes that its encoding does not have. Unicode has this noncharacter for such uses within a program,
 * and XML permits it also in names. U+FFFD would not do, because a file may have it as a character.
 */
export const damage = '\u{EFFFF}'

/** The problem of a record that has {@link damage}. */
export const notUtf8: RecordProblem = {
	problem: 'not UTF-8; --encoding tells another encoding, such as windows-1252',
	rule: 'NOT_UTF8',
}

/** The most characters (UTF-16 units) of a record. A longer one is not kept in memory, so it is refused. */
export const longestRecord = 1024 * 1024

/** The most brackets or elements of a file that are open at once. No product needs so many. */
export const deepestNesting = 100

export function tooLong(longest: number): RecordProblem {
	return { problem: `longer than ${longest} characters`, rule: 'TOO_LONG' }
}
