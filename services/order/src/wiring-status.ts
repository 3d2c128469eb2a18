import type { CatalogClients } from '@mercat/catalog-api/client'
import type { Database } from '@mercat/database/database'
import { isWritable } from '@mercat/database/open-service-database'
import type { StreamPlaces } from '@mercat/rest-service/stream-places'
import { createBudget } from '@mercat/service/budget'
import { createEventLoopDelay } from '@mercat/service/event-loop-delay'
import type { Logger } from '@mercat/service/log'
import { instanceName, joinSiblings } from '@mercat/service/siblings'
import { showBacklog } from './backlog/backlog-gauges.ts'
import { createBacklogStore } from './backlog/backlog-store.ts'
import { createSharedBacklog } from './backlog/shared-backlog.ts'
import { createProcessSampler } from './status/process-sampler.ts'
import { createStatusFeed } from './status/status-feed.ts'
import { createStatusStreams } from './status/status-streams.ts'
import { createTakeStatus, type TakeStatusNeeds } from './status/take-status.ts'
import type { Adapters } from './wiring.ts'

export type OpenStatusNeeds = {
	database: Database
	adapters: Pick<Adapters, 'catalog'>
	clients: Pick<CatalogClients, 'channelState'>
	places: StreamPlaces
	isDraining(): boolean
	log: Logger
}

const checkMs = 1_000

/** The status of both services, and the backlog in the metrics. They cost nothing while nobody reads. */
export function openStatus({ database, adapters, clients, places, isDraining, log }: OpenStatusNeeds) {
	using opened = new DisposableStack()
	const readBacklog = createSharedBacklog(createBacklogStore(database))
	opened.use(showBacklog({ readBacklog }))
	const sampler = opened.use(createProcessSampler({ pid: process.pid, eventLoopDelay: createEventLoopDelay() }))
	const siblings = opened.use(joinSiblings(sampler.sample))
	const takeNeeds: TakeStatusNeeds = {
		instance: instanceName(),
		sampleProcesses: siblings.ask,
		databaseIsWritable: () => isWritable(database.within(createBudget(checkMs))),
		catalogIsServing: adapters.catalog.isServing,
		channelState: clients.channelState,
		readBacklog,
		isDraining,
	}
	const feed = opened.use(createStatusFeed({ beginToTake: () => createTakeStatus(takeNeeds), log }))
	const streams = opened.use(createStatusStreams({ places, feed }))
	const resources = opened.move()
	return { feed, streams, [Symbol.dispose]: () => resources.dispose() }
}
