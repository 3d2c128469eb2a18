import type { Database } from '@mercat/database/database'
import { isWritable } from '@mercat/database/open-service-database'
import { createBudget } from '@mercat/service/budget'
import { createEventLoopDelay } from '@mercat/service/event-loop-delay'
import type { Logger } from '@mercat/service/log'
import { instanceName, joinSiblings } from '@mercat/service/siblings'
import { createProcessSampler } from './status/process-sampler.ts'
import { createStatusFeed } from './status/status-feed.ts'
import type { StatusRoutesNeeds } from './status/status-routes.ts'
import { createStatusStreams } from './status/status-streams.ts'
import { createTakeStatus, type TakeStatusNeeds } from './status/take-status.ts'
import type { StreamPlaces } from './streaming/stream-places.ts'
import type { Adapters } from './wiring.ts'

export type OpenStatusNeeds = Pick<TakeStatusNeeds, 'channelState' | 'readBacklog' | 'isDraining'> & {
	database: Database
	catalog: Pick<Adapters['catalog'], 'isServing'>
	places: StreamPlaces
	log: Logger
}

const checkMs = 1_000

/** The status of both services. It costs nothing while nobody reads. */
export function openStatus({
	database,
	catalog,
	places,
	log,
	...needs
}: OpenStatusNeeds): StatusRoutesNeeds & Disposable {
	using opened = new DisposableStack()
	const sampler = opened.use(createProcessSampler({ pid: process.pid, eventLoopDelay: createEventLoopDelay() }))
	const siblings = opened.use(joinSiblings(sampler.sample))
	const takeNeeds: TakeStatusNeeds = {
		...needs,
		instance: instanceName(),
		sampleProcesses: siblings.ask,
		databaseIsWritable: () => isWritable(database.within(createBudget(checkMs))),
		catalogIsServing: catalog.isServing,
	}
	const feed = opened.use(createStatusFeed({ beginToTake: () => createTakeStatus(takeNeeds), log }))
	const streams = opened.use(createStatusStreams({ places, feed }))
	const resources = opened.move()
	return { feed, streams, [Symbol.dispose]: () => resources.dispose() }
}
