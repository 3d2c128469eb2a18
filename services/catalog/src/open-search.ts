import type { Database, Reads } from '@mercat/database/database'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import { analyseQuery } from './search/analysis/analyse-query.ts'
import { analysisVersion } from './search/analysis/analysis-version.ts'
import { answerSearch } from './search/answer-search.ts'
import { buildIndex } from './search/building/build-index.ts'
import { createBuildStore } from './search/building/build-store.ts'
import { createColumnsStore } from './search/columns/columns-store.ts'
import { createColumns } from './search/columns/create-columns.ts'
import { completeAmong } from './search/completing/complete-among.ts'
import { createProductTextsStore } from './search/completing/product-texts-store.ts'
import { createCompactStore } from './search/folding/compact-store.ts'
import { createFoldStore } from './search/folding/fold-store.ts'
import { foldWaiting } from './search/folding/fold-waiting.ts'
import { sweepPostings } from './search/folding/sweep-postings.ts'
import { createSweepStore } from './search/folding/sweep-store.ts'
import { batchRowReads } from './search/index/batched-row-reads.ts'
import { createSearchIndex } from './search/index/create-search-index.ts'
import { createIndexStore } from './search/index/index-store.ts'
import { reportDamage } from './search/index/report-damage.ts'
import type { createTextIndex } from './search/indexing/text-index-store.ts'
import { createPreviousSearch } from './search/previous/previous-search-store.ts'
import { createAttributeFacetsStore } from './search/selecting/attribute-facets-store.ts'
import { createSelect } from './search/selecting/create-select.ts'
import { batchSuggestionReads } from './search/suggestions/batched-reads.ts'
import { suggestQueries } from './search/suggestions/suggest-queries.ts'
import { createSuggestionStore } from './search/suggestions/suggestion-store.ts'
import { followSynonyms } from './search/synonyms/followed-synonyms.ts'
import type { SynonymStore } from './search/synonyms/synonym-store.ts'
import { followWords } from './search/vocabulary/follow-words.ts'
import { createVocabulary } from './search/vocabulary/vocabulary.ts'
import { createVocabularyStore } from './search/vocabulary/vocabulary-store.ts'

const buildIntervalMs = 1_000
const foldIntervalMs = 1_000
const sweepIntervalMs = 1_000
const followIntervalMs = 1_000
// The columns of a fold are as new as its segments, or the fold waits.
const foldBudgetMs = 5_000

export type OpenSearchNeeds = {
	texts: ReturnType<typeof createTextIndex>
	synonyms: SynonymStore
	/** Answers searches. */
	reads: Reads
}

export type OpenedSearch = Awaited<ReturnType<typeof openSearch>>

/** Opens the search of a catalog, with all that it does in the background. */
export async function openSearch(database: Database, { texts, synonyms, reads }: OpenSearchNeeds, log: Logger) {
	await using opened = new AsyncDisposableStack()
	const columns = opened.use(createColumns({ store: createColumnsStore(database), log }))
	const vocabulary = createVocabulary()
	const words = followWords({ ...createVocabularyStore(database), vocabulary })
	const onDamage = reportDamage(log)
	const following = { onSegment: vocabulary.add, onWords: words.followTo, onDamage }
	const indexStore = createIndexStore(reads)
	const index = createSearchIndex({ ...indexStore, readRows: batchRowReads(indexStore.readRows) }, following)
	const followedSynonyms = followSynonyms(synonyms)

	const building = createBuildStore(database, texts)
	// A catalog may start while its database only reads. The build adopts the analysis when this fails.
	const { analysis } = await building.readState()
	if (analysis < analysisVersion) await building.adoptAnalysis(analysisVersion).catch(() => {})
	const build = buildIndex({ ...building, analysisVersion })
	const stopBuilding = new AbortController()
	const runBuild = () => build({ signal: stopBuilding.signal })
	opened.use(repeat({ name: 'build the search index', run: runBuild, intervalMs: buildIntervalMs }, log))
	opened.defer(() => stopBuilding.abort())

	const knowDocs = async () => {
		const { keepsAll, keepsDoc } = await columns.refresh(createBudget(foldBudgetMs))
		return keepsAll ? undefined : keepsDoc
	}
	const folding = { ...createFoldStore(database), ...createCompactStore(database), knowDocs, onDamage }
	const fold = () => foldWaiting(folding)
	opened.use(repeat({ name: 'fold the search index', run: fold, intervalMs: foldIntervalMs }, log))
	const sweeping = { ...createSweepStore(database), ...folding }
	const sweep = async () => void (await sweepPostings(sweeping))
	opened.use(repeat({ name: 'sweep the search index', run: sweep, intervalMs: sweepIntervalMs }, log))

	const follow = { name: 'follow the words of the search index', run: words.follow, intervalMs: followIntervalMs }
	opened.use(repeat(follow, log))

	// A search must not find less at the start.
	await followedSynonyms.reload()
	const readVersion = async () => (await columns.readState(createBudget(foldBudgetMs))).synonymsVersion
	const followVersion = async () => followedSynonyms.hear(await readVersion())
	opened.use(repeat({ name: 'follow the synonyms', run: followVersion, intervalMs: followIntervalMs }, log))

	let isComplete = false
	const resources = opened.move()
	return {
		followedSynonyms,
		previousSearch: createPreviousSearch(database),
		/** Whether the first build of the index has ended. It ends once. */
		async isIndexComplete(budget: Budget): Promise<boolean> {
			isComplete ||= (await columns.readState(budget)).complete
			return isComplete
		},
		answer: answerSearch({
			columns,
			index,
			vocabulary,
			synonyms: followedSynonyms.table,
			analyse: analyseQuery,
			complete: completeAmong({ index, ...createProductTextsStore(reads) }),
			select: createSelect(createAttributeFacetsStore(reads)),
		}),
		suggest: suggestQueries({
			...batchSuggestionReads(createSuggestionStore(reads)),
			columns,
			index,
			vocabulary,
			analyse: analyseQuery,
		}),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
