import type { Queryable, Statement } from '@mercat/database/queryable'
import type { TextIndex } from '../../products/text-index.ts'
import { analyseProduct } from '../analysis/analyse-product.ts'
import { analysisVersion } from '../analysis/analysis-version.ts'
import { createDocNumbers } from '../index/doc-numbers.ts'
import { takeDocRanges, writeSegment } from '../index/segment-store.ts'
import { previousText } from '../previous/search-text.ts'
import { indexTexts } from './index-texts.ts'

/** The index of the texts that one process writes. It is told the database with each transaction. */
export function createTextIndex(): TextIndex<Queryable> {
	return {
		indexTexts: indexTexts({
			analyse: analyseProduct,
			analysisVersion,
			takeDocs: createDocNumbers({ takeRanges: takeDocRanges }).take,
			writeSegment,
			isPreviousRead: createPreviousReader(),
			previousText,
		}),
	}
}

// Replicas of the version before may run for some time beside this one.
const readPreviousIndexState: Statement = {
	name: 'read-previous-index-state',
	text: `select not complete or completed_at > now() - interval '1 hour' as "isRead" from search_index`,
}

// Once the index of the version before is no longer read, it never is again.
function createPreviousReader(): (transaction: Queryable) => Promise<boolean> {
	let isOver = false
	return async (transaction) => {
		if (isOver) return false
		const [row] = await transaction.query<{ isRead: boolean }>(readPreviousIndexState)
		isOver = row?.isRead === false
		return !isOver
	}
}
