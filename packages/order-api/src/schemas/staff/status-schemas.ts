import { OneOf, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

const PerSecond = (description: string) => Type.Number({ minimum: 0, description })
const PerSecondByName = (description: string) =>
	Type.Record(Type.String(), Type.Number({ minimum: 0 }), { description })
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Milliseconds = (description: string) => Type.Number({ minimum: 0, description })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

const PartSchema = Type.Object({
	name: Type.String({ description: 'Such as `database`, `health`, `channel` or `breaker`' }),
	state: OneOf(['up', 'down']),
	detail: Type.Optional(Type.String({ description: 'What is known of it, in words' })),
})

const ServiceSchema = Type.Object(
	{
		name: OneOf(['order', 'catalog']),
		state: OneOf(['up', 'down', 'draining']),
		missing: Type.Array(Type.String(), { description: 'What the service lacks to take orders, one sentence each' }),
		parts: Type.Array(PartSchema),
	},
	{ description: 'A service as the order service sees it' },
)

const RatesSchema = Type.Object(
	{
		placed: PerSecond('Orders that were placed'),
		replayed: PerSecond('Requests for an order that was placed before'),
		refused: PerSecond('Requests to place an order that got a problem'),
		refusals: PerSecondByName('The same by the code of the problem; a code without refusals is absent'),
		transitions: PerSecondByName('Orders that came to a status, by the status'),
		requests: PerSecond('Requests of every kind that have ended'),
		shed: PerSecond('Requests that were refused because too many were under way'),
	},
	{ description: 'Per second, since the status before' },
)

const LatencySchema = Type.Object(
	{
		count: Count('How many `POST /v1/orders` have ended, since the status before'),
		p50Ms: Nullable(Milliseconds('Half of them took no longer')),
		p95Ms: Nullable(Milliseconds('95 % of them took no longer')),
		p99Ms: Nullable(Milliseconds('99 % of them took no longer')),
	},
	{ description: 'How long `POST /v1/orders` took, as its histogram tells it. Null without any' },
)

const BatchSchema = Type.Object({
	name: Type.String(),
	perSecond: PerSecond('Batches that have started'),
	meanSize: Type.Number({ minimum: 0, description: 'Requests in a batch; 0 without a batch' }),
	meanWaitMs: Milliseconds('How long a request waited for the start of its batch'),
})

const LagsSchema = Type.Object(
	{
		unloggedEvents: Count('Transitions whose events are not in the log yet'),
		oldestUnloggedS: Type.Number({ minimum: 0, description: 'The age of the oldest of them, in seconds' }),
		destinations: Type.Array(
			Type.Object({
				destination: Type.String({ description: '`catalog`, or the id of an active webhook' }),
				pending: Count('Commands or events that it is still to get'),
				oldestS: Type.Number({ minimum: 0, description: 'The age of the oldest of them, in seconds' }),
			}),
		),
		dead: Count('Deliveries and commands that were given up'),
		overdueOrders: Count('Unpaid orders that the next sweep expires'),
	},
	{
		description: 'Work of the whole shop that waits, at most two seconds old. Null while the database does not answer',
	},
)

export const StatusSchema = Type.Object(
	{
		at: Time('When the status was taken'),
		instance: Type.String({
			description:
				'Host and process whose figures these are, with all its workers. Other replicas have figures of their own; `lags` are of the whole shop',
		}),
		workers: Count('How many processes of the instance have told their figures'),
		services: Type.Array(ServiceSchema),
		rates: Nullable(RatesSchema),
		latency: Nullable(LatencySchema),
		batches: Type.Array(BatchSchema, { description: 'Requests that were joined, since the status before' }),
		lags: Nullable(LagsSchema),
		breaker: OneOf(['closed', 'half_open', 'open'], { description: 'Of the calls to the catalog' }),
		databasePool: Type.Object(
			{
				used: Count('Connections that are used'),
				idle: Count('Connections that are idle'),
				waiting: Count('Statements that wait for a connection'),
			},
			{ description: 'Connections to the database of orders' },
		),
		streams: Count('Streams that are open, of events and of the status'),
		eventLoopDelayMs: Milliseconds('The longest delay of an event loop, since the status before'),
	},
	{
		$id: 'Status',
		description:
			'The state of both services, and what the order service did in the last second. `rates` and `latency` are null in the first status that anybody asks for: they need two.',
	},
)

export type Status = Static<typeof StatusSchema>
export type ServiceStatus = Static<typeof ServiceSchema>
export type ServicePart = Static<typeof PartSchema>
export type Rates = Static<typeof RatesSchema>
export type Latency = Static<typeof LatencySchema>
export type BatchRate = Static<typeof BatchSchema>
