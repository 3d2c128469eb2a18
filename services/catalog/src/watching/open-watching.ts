import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import type { Availability } from '../changes/availability/availability.ts'
import type { ChangeLog } from '../changes/log/change-log.ts'
import { createResponseRests } from './response-rests.ts'
import { createResumeTokens } from './resume-token.ts'
import { followSettled } from './settled-moments.ts'
import { createSharedReads } from './state/shared-reads.ts'
import { createStateStore } from './state/state-store.ts'
import { createWatchFilters } from './watch-filter.ts'
import { createWatchHub } from './watch-hub.ts'
import type { WatchProductsNeeds } from './watch-products.ts'
import type { WatchedEntry } from './watched-entry.ts'

export type OpenWatchingNeeds = {
	database: Database
	log: ChangeLog<WatchedEntry>
	availability: Availability
	tokenKey: string
	logger: Pick<Logger, 'warn'>
}

export type Watching = Disposable & {
	needs: WatchProductsNeeds
	/** A connection to the database was lost. Another server may answer from now on, without the latest commits. */
	databaseFailed(): void
}

/** The parts that all streams of changes share. */
export function openWatching({ database, log, availability, tokenKey, logger }: OpenWatchingNeeds): Watching {
	using opened = new DisposableStack()
	const settled = opened.use(followSettled(log))
	const tokens = createResumeTokens(tokenKey)
	const rests = createResponseRests({ tokens, settled })
	const hub = opened.use(createWatchHub({ log, availability, rests, logger }))
	const { readChunk } = createStateStore(database)
	const reads = createSharedReads({ readChunk, availability, lastPosition: log.tail.last })
	const resources = opened.move()
	return {
		needs: { hub, log, availability, reads, settled, rests, tokens, filters: createWatchFilters() },
		databaseFailed() {
			reads.forget()
			hub.databaseFailed()
		},
		[Symbol.dispose]: () => resources.dispose(),
	}
}
