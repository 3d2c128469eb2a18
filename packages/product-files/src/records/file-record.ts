/** One record of a file: its values by column or member, or the problem that leaves it without values. */
export type FileRecord = {
	/** The first line of the record, or its position among the elements. Both count from 1. */
	line: number
} & ({ values: Map<string, unknown> } | RecordProblem)

export type RecordProblem = {
	/** A text for people. */
	problem: string
	/** The fixed name of the rule that refuses the record. */
	rule: string
}

/** The most characters (UTF-16 units) of a record. A longer one is not kept in memory, so it is refused. */
export const longestRecord = 1024 * 1024

/** The most brackets or elements of a file that are open at once. No product needs so many. */
export const deepestNesting = 100
