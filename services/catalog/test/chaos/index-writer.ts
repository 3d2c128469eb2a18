// Writes docs and folds until it is killed. It prints the number of each doc once its transaction is committed.

import { openDatabase } from '@mercat/database/database'
import { createDocNumbers } from '../../src/search/index/doc-numbers.ts'
import { takeDocRanges, writeSegment } from '../../src/search/index/segment-store.ts'
import { indexIn } from '../search/index/index-in.ts'
import { tokensOfDoc } from './tokens-of-doc.ts'

const database = await openDatabase(process.argv[2] as string, { hasFixedPlans: true })
const index = indexIn(database)
const numbers = createDocNumbers({ takeRanges: takeDocRanges })

for (let round = 1; ; round++) {
	const written = await database.transaction(async (transaction) => {
		const taken = await numbers.take(transaction, 1 + (round % 5))
		await writeSegment(transaction, taken.map(tokensOfDoc))
		return taken
	})
	process.stdout.write(`${written.join('\n')}\n`)
	if (round % 4 !== 0) continue
	const fold = await index.fold(10)
	if (fold !== undefined) await index.compact(fold.crowdedTokens)
}
