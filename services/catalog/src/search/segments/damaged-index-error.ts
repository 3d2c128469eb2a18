/** Bytes of the index that make no sense. The message names the row, once the reader of the row has added it. */
export class DamagedIndexError extends Error {
	override name = 'DamagedIndexError'
}

/** Is told of bytes of the index that are left out because nobody can read them. */
export type ReportDamage = (error: DamagedIndexError) => void

/** Runs `read`. An error about damaged bytes names the row, such as "segment 7". */
export function inRow<T>(row: string, read: () => T): T {
	try {
		return read()
	} catch (error) {
		if (!(error instanceof DamagedIndexError)) throw error
		throw new DamagedIndexError(`${row} of the search index is damaged: ${error.message}`, { cause: error })
	}
}
