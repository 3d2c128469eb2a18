import { availableParallelism } from 'node:os'
import type { TargetAgentNeeds } from '@mercat/service/target-agent'
import { isServiceError } from '../../catalog/call-error.ts'
import { type CatalogConnection, connectToCatalog } from '../../catalog/catalog-connection.ts'
import { explainCallError } from '../../catalog/explain-call-error.ts'
import { commandTokens } from '../../command/command-tokens.ts'
import { readSigningKey } from '../../command/signing-key.ts'
import { openImportStream } from '../../import/import-stream.ts'
import { openParsers } from '../../parsing/parsers.ts'
import { createDownloadSlots } from '../fetching/download-slots.ts'
import { openSourceFetcher } from '../fetching/open-source-fetcher.ts'
import { openRunFolder } from '../fetching/run-folder.ts'
import type { SyncReport } from '../report/sync-report.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { createFeedRunsClient, type FeedRunsClient } from './feed-runs-client.ts'
import { openDryRun, openRun } from './open-run.ts'
import { type SyncFeedsNeeds, syncFeeds } from './sync-feeds.ts'
import { createWritingPlaces } from './writing-places.ts'

export type FeedRunnerNeeds = {
	env: NodeJS.ProcessEnv
	/** Names and addresses that feeds without `allowPrivate` may reach: the public ones, unless given. */
	publicTargets?: TargetAgentNeeds | undefined
}

export type FeedRunnerOptions = {
	/** The address of the catalog, as `HOST:PORT`. */
	catalog: string
	/** How many feeds are parsed and written at a time. */
	concurrency: number
	dryRun: boolean
}

export type FeedRunner = AsyncDisposable & {
	/** Fails when the catalog cannot be reached, or refuses the token. */
	check(): Promise<void>
	/** One sentence about a failed call to the catalog. */
	explain(error: unknown): Promise<string>
	/** Runs all feeds once. */
	run(
		feeds: readonly FeedSettings[],
		needs: Pick<SyncFeedsNeeds, 'progress' | 'leftOut' | 'onResult'>,
		signal: AbortSignal,
	): Promise<SyncReport>
}

// While one thread waits for the catalog, another parses. Each thread more has to compile the parser anew.
const placesPerProcessor = 2

/** Opens the parts that runs of feeds share: the connection to the catalog, and the threads that parse. */
export function openFeedRunner(
	{ env, publicTargets }: FeedRunnerNeeds,
	{ catalog: address, concurrency, dryRun }: FeedRunnerOptions,
): FeedRunner {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env), 'catalog:write')
	const connection = connectToCatalog(address, env)
	const runs = createFeedRunsClient(connection, nextToken)
	const places = Math.min(concurrency, placesPerProcessor * availableParallelism())
	const parsers = openParsers(places)
	const writing = createWritingPlaces(places)
	const downloads = createDownloadSlots()
	const explain = (error: unknown) => explainError(error, connection)

	return {
		check: () => runs.check(),
		explain,
		async run(feeds, needs, signal) {
			using folder = openRunFolder()
			await using fetcher = openSourceFetcher(folder.path, {}, publicTargets)
			return await syncFeeds(
				feeds,
				{
					...needs,
					open: openWith(runs, dryRun),
					fetch: (...request) => fetcher.fetch(...request),
					sourceSkus: (source) => runs.sourceSkus(source),
					openStream: () => openImportStream(connection.catalog, nextToken()),
					parsers,
					downloads,
					writing,
					explain,
				},
				signal,
			)
		},
		async [Symbol.asyncDispose]() {
			connection.close()
			await parsers[Symbol.asyncDispose]()
		},
	}
}

function openWith(runs: FeedRunsClient, dryRun: boolean): SyncFeedsNeeds['open'] {
	return async (feed) => (dryRun ? openDryRun() : await openRun(feed, { runs }))
}

async function explainError(error: unknown, connection: CatalogConnection): Promise<string> {
	return isServiceError(error) ? await explainCallError(error, connection) : String(error)
}
