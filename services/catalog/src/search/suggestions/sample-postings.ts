import type { Budget } from '@mercat/service/budget'
import { DamagedIndexError } from '../segments/damaged-index-error.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import type { Postings } from '../segments/postings.ts'
import { readRow } from '../segments/postings-row.ts'

/** One of the rows of postings of a word. */
export type SampleRow = { word: string; firstDoc: number; postings: Uint8Array }

export type SamplePostingsNeeds = {
	/** A row of postings of each of these words, as far as they have any. It is a new one, and not large if there is such a one. */
	readSampleRows(words: readonly string[], budget: Budget): Promise<SampleRow[]>
}

/** Some postings of common words. To read all of them only to see how titles write a word would take long. */
export function samplePostings({ readSampleRows }: SamplePostingsNeeds) {
	return async (words: readonly string[], budget: Budget): Promise<ReadonlyMap<string, Postings[]>> => {
		if (words.length === 0) return new Map()
		const rows = await readSampleRows(words, budget)
		return new Map(rows.map(({ word, firstDoc, postings }) => [word, intactPostings(firstDoc, postings)]))
	}
}

// Searches report damage, and mend it.
function intactPostings(firstDoc: number, bytes: Uint8Array): Postings[] {
	try {
		return [decodePostings(readRow(firstDoc, bytes))]
	} catch (error) {
		if (!(error instanceof DamagedIndexError)) throw error
		return []
	}
}
