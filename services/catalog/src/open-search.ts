import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import { analysisVersion } from './search/analysis/analysis-version.ts'
import { buildIndex } from './search/building/build-index.ts'
import { createBuildStore } from './search/building/build-store.ts'
import { createReindexStore } from './search/building/reindex-store.ts'
import { createCompactStore } from './search/folding/compact-store.ts'
import { createFoldStore } from './search/folding/fold-store.ts'
import { foldWaiting } from './search/folding/fold-waiting.ts'
import { createTextIndex } from './search/indexing/text-index-store.ts'
import { createPreviousSearch } from './search/previous/previous-search-store.ts'
import { followSynonyms } from './search/synonyms/followed-synonyms.ts'
import { createSynonymStore } from './search/synonyms/synonym-store.ts'

const buildIntervalMs = 1_000
const foldIntervalMs = 1_000
// A fold is one transaction, and the embedded database runs nothing beside it.
const mostDocsInFold = { postgres: 20_000, pglite: 1_000 }

/** Opens the parts of search, and has the index built and folded in the background. */
export async function openSearch(database: Database, log: Logger) {
	await using opened = new AsyncDisposableStack()
	const texts = createTextIndex()
	const synonyms = createSynonymStore(database)

	const building = createBuildStore(database, texts)
	await building.adoptAnalysis(analysisVersion)
	const build = buildIndex({ ...building, analysisVersion })
	const stopBuilding = new AbortController()
	const runBuild = () => build({ signal: stopBuilding.signal })
	opened.use(repeat({ name: 'build the search index', run: runBuild, intervalMs: buildIntervalMs }, log))
	opened.defer(() => stopBuilding.abort())

	const folding = { ...createFoldStore(database), ...createCompactStore(database) }
	const fold = () => foldWaiting(folding, { mostDocs: mostDocsInFold[database.engine] })
	opened.use(repeat({ name: 'fold the search index', run: fold, intervalMs: foldIntervalMs }, log))

	const resources = opened.move()
	return {
		texts,
		previousSearch: createPreviousSearch(database),
		searchHandling: {
			synonyms,
			followedSynonyms: followSynonyms(synonyms),
			reindexing: createReindexStore(database),
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
