/** One row as a reader finds it: its value, or why it has none. */
export type FileRow = {
	/** The line that the row starts at, or its place in a JSON array; from 1. */
	rowNumber: number
} & ({ value: unknown } | { problem: string })

/** No row is longer: what cannot be one message to the catalog need not fit into memory. */
export const longestRowBytes = 1024 * 1024
