import type { CatalogClients } from '@mercat/catalog-api/client'
import { createOpenWatch } from '@mercat/catalog-api/open-watch'
import { createWatchCall } from '@mercat/catalog-api/watch-call'
import { createPacedTurns } from '@mercat/rest-service/paced-turns'
import { createStreamPlaces } from '@mercat/rest-service/stream-places'
import type { Logger } from '@mercat/service/log'
import { Gauge } from '@mercat/service/metrics'
import type { OrderConfig } from './config.ts'
import type { createEventLogStore } from './events/event-log-store.ts'
import type { EventTail } from './events/event-tail.ts'
import { createLogReader } from './events/log-reader.ts'
import { createEventStreams } from './events/readers/event-streams.ts'
import { createChangeFeed } from './product-changes/change-feed.ts'
import { createProductChangeStreams } from './product-changes/product-change-streams.ts'

export type OpenStreamsNeeds = {
	tail: EventTail
	eventLogStore: Pick<ReturnType<typeof createEventLogStore>, 'readPage'>
	clients: CatalogClients
	log: Logger
}

// A page has one, and many people may share an address.
const mostProductStreamsOfOneAddress = 20

const productStreamsGauge = new Gauge({
	name: 'mercat_product_streams_open',
	help: 'Streams of changes of products that are open',
})

/** The streams of events and of changes of products. All streams of the process share one pace. */
export function openStreams({ tail, eventLogStore, clients, log }: OpenStreamsNeeds, config: OrderConfig) {
	using opened = new DisposableStack()
	const turns = createPacedTurns()
	const logNeeds = { tail, readPage: eventLogStore.readPage }
	const readPages = createLogReader(logNeeds, { most: 2, rests: false, farFrom: 'database' })
	const readStreams = createLogReader(logNeeds, { most: 1, rests: true, farFrom: 'tail' })
	const places = createStreamPlaces(config)
	const eventStreams = opened.use(createEventStreams({ tail, readLog: readStreams, places, turns, log }))

	const openWatch = createOpenWatch({ call: createWatchCall(clients), log })
	const feed = opened.use(createChangeFeed({ openWatch, log }))
	const productPlaces = createStreamPlaces({
		...config,
		mostOfOneClient: mostProductStreamsOfOneAddress,
		gauge: productStreamsGauge,
	})
	const productStreams = opened.use(createProductChangeStreams({ feed, turns, places: productPlaces }))
	const resources = opened.move()
	return {
		/** Also for the streams of the status. */
		places,
		events: { readLog: readPages, tail, streams: eventStreams },
		productChanges: { streams: productStreams },
		endAll() {
			eventStreams.endAll()
			productStreams.endAll()
		},
		[Symbol.dispose]: () => resources.dispose(),
	}
}
