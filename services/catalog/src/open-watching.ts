import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Database } from '@mercat/database/database'
import { createUnreadTotal } from '@mercat/grpc-service/unread-total'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import type { Availability } from './changes/availability/availability.ts'
import type { ChangeEntry } from './changes/log/change-entry.ts'
import type { ChangeLog } from './changes/log/change-log.ts'
import { createChangeEncoder } from './watching/encoding/change-encoder.ts'
import { sizeOfEntry, toWatchedEntry, type WatchedEntry } from './watching/encoding/watched-entry.ts'
import { createResponseRests } from './watching/live/response-rests.ts'
import { createWatchHub } from './watching/live/watch-hub.ts'
import { createResumeTokens, type ResumeCursor } from './watching/places/resume-token.ts'
import { followSettled } from './watching/places/settled-moments.ts'
import { createWatchFilters } from './watching/places/watch-filter.ts'
import { createSharedReads } from './watching/state/shared-reads.ts'
import { createStateStore } from './watching/state/state-store.ts'
import type { WatchProductsNeeds } from './watching/watch-products.ts'

export type OpenWatchingNeeds = {
	database: Database
	log: ChangeLog<WatchedEntry>
	availability: Availability
	tokenKey: string
	logger: Pick<Logger, 'warn' | 'error'>
}

export type Watching = Disposable & {
	needs: WatchProductsNeeds
	/** A connection to the database was lost. Another server may answer from now on, without the latest commits. */
	databaseFailed(): void
}

const encoder = createChangeEncoder(catalogRpcs.WatchProducts.responseSerialize)

/** What the log of changes keeps of its entries in memory: their encoded changes. */
export const watchedEntries = {
	toEvent: (entry: ChangeEntry) => toWatchedEntry(entry, encoder),
	sizeOf: sizeOfEntry,
}

/** The parts that all streams of changes share. */
export function openWatching({ database, log, availability, tokenKey, logger }: OpenWatchingNeeds): Watching {
	using opened = new DisposableStack()
	const settled = opened.use(followSettled(log))
	const tokens = createResumeTokens(createPageTokens<ResumeCursor>(tokenKey, 'product changes'))
	const rests = createResponseRests({ tokens, settled, encoder })
	const hub = opened.use(createWatchHub({ log, availability, rests, encoder, logger }))
	const { readChunk } = createStateStore(database)
	const reads = createSharedReads({ readChunk, availability, encoder, lastPosition: log.tail.last })
	const resources = opened.move()
	return {
		needs: {
			hub,
			log,
			availability,
			reads,
			encoder,
			settled,
			rests,
			tokens,
			filters: createWatchFilters(),
			unreadTotal: createUnreadTotal(),
		},
		databaseFailed() {
			reads.forget()
			hub.databaseFailed()
		},
		[Symbol.dispose]: () => resources.dispose(),
	}
}
