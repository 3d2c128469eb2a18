import { createBatcher } from '@mercat/service/batcher'
import { batchedErrors } from '../../errors/batched-errors.ts'
import type { SamplePostingsNeeds, SampleRow } from './sample-postings.ts'
import type { NumberedTitle, TitleMemoryNeeds } from './titles/title-memory.ts'

/** What suggestions read of the database, but for the index. */
export type SuggestionReads = TitleMemoryNeeds & SamplePostingsNeeds

const options = {
	gather: setImmediate,
	mostItems: 16,
	mostBatches: 2,
	mostWaiting: 4_096,
	...batchedErrors,
}

/**
 * Reads of suggestions that wait at the same moment share one statement of each kind. To send a statement costs more than most of them
 * read. Answers have also what the others asked for.
 */
export function batchSuggestionReads({ readTitles, readSampleRows }: SuggestionReads): SuggestionReads {
	return {
		readTitles: createBatcher<readonly string[], NumberedTitle[]>({
			...options,
			name: 'read suggested titles',
			run: async (lists, budget) => asAnswers(lists, await readTitles(allOf(lists), budget)),
		}),
		readSampleRows: createBatcher<readonly string[], SampleRow[]>({
			...options,
			name: 'read sample postings',
			run: async (lists, budget) => asAnswers(lists, await readSampleRows(allOf(lists), budget)),
		}),
	}
}

function allOf(lists: readonly (readonly string[])[]): string[] {
	return [...new Set(lists.flat())]
}

function asAnswers<Answer>(items: readonly unknown[], answer: Answer): Answer[] {
	return items.map(() => answer)
}
