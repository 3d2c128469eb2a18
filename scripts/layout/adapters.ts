/** The folders of a service that know a protocol. */
export const edge = '{http,grpc}'

/** Modules that touch nothing outside: contracts, arithmetic, memory and time. */
export const pure = [
	'$own/src/**',
	'@mercat/catalog-api/{amounts,categories,currencies,identifiers,open-watch,timestamps,messages/*}',
	'@mercat/database/snapshot',
	'@mercat/event-log/{assignment,log-part,log-tail,read-limit}',
	'@mercat/grpc-service/{call-error,check-items,general-error,invalid-request,open-page,page-size,skus}',
	'@mercat/grpc-service/{random-life,stream-gauges,stream-output,unread-bytes,unread-total}',
	'@mercat/market-api/{*-schemas,messages/*}',
	'@mercat/order-api/*',
	'@mercat/rest-api/*',
	'@mercat/rest-service/{answer-headers,api-description,document-details,openapi-document,problem-members}',
	'@mercat/rest-service/{open-streams,paced-turns,server-sent-events,stream-output,stream-places}',
	'@mercat/rest-service/{page,page-token-problem,time-parameter}',
	'@mercat/service/{alarm,backoff,budget,drain-batches,failure-text,in-time,metrics,parts-of,rpc-durations,trace-context,tracing}',
	'@mercat/service/{host-address,page-sizes,retry-after,setting-member,target-address}',
	'@sinclair/typebox',
	'canonicalize',
	'lru-cache',
	'node:{crypto,timers/promises,util}',
	'standardwebhooks',
	'stemr',
]

export type Adapter = {
	name: string
	/** The glob of its files. */
	files: string
	/** The modules that it may import besides the pure ones. */
	touches: string[]
	/** The files of its own service that it does not import. */
	avoids: string[]
	why: string
}

const stores = '*-store'
const routes = '*-routes'
const clients = '*-{client,call}'
const batched = 'batched-*'
const filesOf = (kind: string): string => `services/*/src/*/**/${kind}.ts`
const ownEdge = `$own/src/${edge}/**`
const own = (...kinds: string[]): string[] => kinds.map((kind) => `$own/src/*/**/${kind}.ts`)

const everyKind = [ownEdge, ...own(stores, routes, clients, batched)]
const background = ['@mercat/service/{log,repeat}']

/** The files of the capability folders that touch the outside: most are known by their names, and a few are listed. */
export const adapters: Adapter[] = [
	{
		name: 'stores',
		files: filesOf(stores),
		touches: ['@mercat/database/{database,errors,fixed-plans,queryable,server-facts}'],
		avoids: [ownEdge, ...own(routes, clients, batched)],
		why: 'A store holds SQL and nothing else. It reaches the database through @mercat/database.',
	},
	{
		name: 'routes',
		files: filesOf(routes),
		touches: [
			'@mercat/rest-service/{accept,fastify-typebox,header-values,observed-request,open-stream-output,rate-limit,security-headers,to-problem}',
			'fastify',
		],
		avoids: own(stores, clients, batched),
		why: 'Routes know HTTP and nothing else. They declare their needs.',
	},
	{
		name: 'clients',
		files: filesOf(clients),
		touches: ['@grpc/grpc-js', '@mercat/catalog-api/*', '@mercat/service/target-{agent,lookup}', 'cockatiel', 'ws'],
		avoids: [ownEdge, ...own(stores, routes, batched)],
		why: 'A client makes calls and nothing else.',
	},
	{
		name: 'batched files',
		files: filesOf(batched),
		touches: ['@mercat/database/errors', '@mercat/service/{batcher,task-queue}'],
		avoids: [ownEdge, ...own(stores, routes, clients)],
		why: 'A batched file joins calls and nothing else. It declares the call that it joins.',
	},
	{
		name: 'catalog tokens',
		files: 'services/order/src/catalog/catalog-token.ts',
		touches: ['@mercat/service/own-token'],
		avoids: everyKind,
		why: 'It signs tokens and nothing else.',
	},
	{
		name: 'settings of sources',
		files: 'services/market/src/settings/read-*.ts',
		touches: ['@mercat/service/{header-settings,settings-file,variable-reference}'],
		avoids: everyKind,
		why: 'They read the settings from their file and from the environment.',
	},
	{
		name: 'threads of analyses',
		files: 'services/market/src/analyses/threads/*.ts',
		touches: ['node:worker_threads', 'piscina'],
		avoids: everyKind,
		why: 'They run the judging of ticks in a thread of its own.',
	},
	{
		name: 'keepers of sources and analyses',
		files: 'services/market/src/{analyses/run-analyses,sources/keep-source}.ts',
		touches: background,
		avoids: everyKind,
		why: 'They renew in the background what their process has.',
	},
	{
		name: 'webhooks',
		files: 'services/order/src/outbox/deliver-webhook.ts',
		touches: [],
		avoids: everyKind,
		why: 'It posts to webhooks and nothing else.',
	},
	{
		name: 'relays',
		files: 'services/order/src/outbox/relays.ts',
		touches: background,
		avoids: everyKind,
		why: 'It runs the relays in the background.',
	},
	{
		name: 'writer of events',
		files: 'services/order/src/events/event-writer.ts',
		touches: ['@mercat/event-log/log-writer', '@mercat/service/log'],
		avoids: everyKind,
		why: 'It runs in the background and publishes how long events waited.',
	},
	{
		name: 'writer of product changes',
		files: 'services/catalog/src/changes/log/open-change-log.ts',
		touches: ['@mercat/event-log/log-writer', '@mercat/service/log'],
		avoids: everyKind,
		why: 'It runs in the background and publishes how long changes waited.',
	},
	{
		name: 'followers of the stock',
		files: 'services/catalog/src/changes/availability/{follow-stock,stock-notes}.ts',
		touches: background,
		avoids: everyKind,
		why: 'They tell and follow changes of quantities in the background.',
	},
	{
		name: 'keeper of refused requests',
		files: 'services/order/src/refusals/request-keeper.ts',
		touches: background,
		avoids: everyKind,
		why: 'It stores what is refused and deletes what is old in the background.',
	},
	{
		name: 'dispatcher of webhooks',
		files: 'services/order/src/webhooks/dispatching/dispatcher.ts',
		touches: background,
		avoids: everyKind,
		why: 'It runs in the background and counts lost events.',
	},
	{
		name: 'keeper of search columns',
		files: 'services/catalog/src/search/columns/create-columns.ts',
		touches: background,
		avoids: [ownEdge, ...own(stores, routes, clients)],
		why: 'It loads the columns, follows the database and deletes old changes in the background.',
	},
]
