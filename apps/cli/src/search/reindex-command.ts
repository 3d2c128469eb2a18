import { setTimeout as sleep } from 'node:timers/promises'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { SearchIndexStatus__Output as Status } from '@mercat/catalog-api/messages/SearchIndexStatus'
import { type CatalogCalls, openCatalogCalls } from '../catalog/open-catalog-calls.ts'
import { CommandError } from '../command/command-error.ts'
import { endInterrupted, interruptedExitCode, onStopSignal } from '../signals/stop-signal.ts'
import { showReindexProgress } from './reindex-progress.ts'

/** As `HOST:PORT`. */
type Target = { catalog: string }

const intervalMs = 1_000

/**
 * Runs `mercat reindex`: has the catalog index all products anew, and shows how far it is. The catalog does not need the
 * command for it.
 *
 * @returns the exit code
 */
export async function runReindex({ catalog }: Target, env: NodeJS.ProcessEnv): Promise<number> {
	using calls = openCatalogCalls(catalog, env)
	const stop = new AbortController()
	onStopSignal({ first: () => stop.abort(), again: endInterrupted })
	const begun = statusOf(await calls.call(catalogRpcs.ReindexProducts, {}))
	const end = await follow(calls, begun, stop.signal)
	if (end === undefined) {
		console.error('mercat: the catalog goes on indexing. `mercat reindex` shows how far it is')
		return interruptedExitCode
	}
	console.log(end.productCount === 1 ? '1 product is indexed' : `${end.productCount} products are indexed`)
	return 0
}

/** The status of the index that is ready; undefined when the user has stopped waiting for it. */
async function follow({ call }: CatalogCalls, begun: Status, stopped: AbortSignal): Promise<Status | undefined> {
	const progress = showReindexProgress()
	try {
		for (let status = begun; ; status = statusOf(await call(catalogRpcs.GetSearchIndex, {}))) {
			if (status.state === 'SEARCH_INDEX_STATE_READY') return status
			progress.show(status)
			await sleep(intervalMs, undefined, { signal: stopped }).catch(() => {})
			if (stopped.aborted) return undefined
		}
	} finally {
		progress.stop()
	}
}

function statusOf({ status }: { status: Status | null }): Status {
	if (status === null) throw new CommandError('the catalog does not tell the state of its index')
	return status
}
