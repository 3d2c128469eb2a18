/** One row of a file: its value, or the problem that leaves it without a value. */
export type FileRow = {
	/** The first line of the row, or its position in a JSON array. Both count from 1. */
	rowNumber: number
} & ({ value: unknown } | { problem: string })

/** The length limit of a row. A longer row does not fit into a message to the catalog, so it is not kept in memory. */
export const longestRowBytes = 1024 * 1024
