import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { HostAddress } from '@mercat/service/host-address'
import type { Logger } from '@mercat/service/log'
import { addressRefusal } from '@mercat/service/target-address'
import { eventually } from '@mercat/testing/eventually'
import type { Engine } from '@mercat/testing/test-database'
import { openEventTail } from '../../src/events/event-tail.ts'
import { startEventWriter } from '../../src/events/event-writer.ts'
import type { Order } from '../../src/order/order.ts'
import type { Action } from '../../src/order/order-states.ts'
import { createDeliveryStore } from '../../src/webhooks/dispatching/delivery-store.ts'
import { startDispatcher } from '../../src/webhooks/dispatching/dispatcher.ts'
import { createEndedWebhookStore } from '../../src/webhooks/dispatching/ended-webhook-store.ts'
import { createSettleStore } from '../../src/webhooks/dispatching/settle-store.ts'
import { createUpkeepStore } from '../../src/webhooks/dispatching/upkeep-store.ts'
import { createDeliveryLogStore } from '../../src/webhooks/managing/delivery-log-store.ts'
import { createSigningSecrets } from '../../src/webhooks/managing/signing-secrets.ts'
import { createWebhookStore } from '../../src/webhooks/managing/webhook-store.ts'
import { createSecretBox } from '../../src/webhooks/secret-box.ts'
import { createWebhookCall } from '../../src/webhooks/webhook-call.ts'
import { wireDispatcher } from '../../src/wiring.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'

export const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

export const secretsKeys = ['a-key-of-32-bytes-is-long-enough']

export type DeliveryRow = {
	orderId: string
	version: number
	state: string
	tries: number
	attempts: { at: string; ms: number; status?: number; error?: string; answer?: string }[]
	nextAttemptAt: Date | null
}

export type ProcessOptions = {
	/** The URLs of WEBHOOK_URLS. */
	urls?: string[]
	timeoutMs?: number
	leaseMs?: number
	allowPrivateWebhooks?: boolean
	/** The addresses of every name. Without it no name is known. */
	addresses?: HostAddress[]
}

/**
 * A log of events with its writer, and processes that deliver it, all on one database. The orders are written without a
 * catalog.
 */
export async function startDispatching(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const stores = opened.use(await openStores(engine))
	const { database, eventLogStore, placingStore, readingStore, transitionStore } = stores
	const logged: { level: string; message: string; [fact: string]: unknown }[] = []
	const logAt = (level: string) => (facts: object, message: string) => void logged.push({ level, message, ...facts })
	const log = { error: logAt('error'), warn: logAt('warn'), info: logAt('info') } as unknown as Logger
	const writer = opened.use(startEventWriter({ ...eventLogStore, log }, { eventsRetentionMs: 86_400_000 }))
	const tail = opened.use(await openEventTail({ ...eventLogStore, onPositions: writer.onPositions }))
	const statements: string[] = []
	const watched: Database = {
		...database,
		query(statement, values) {
			statements.push((statement as Statement).name)
			return database.query(statement, values)
		},
	}
	const webhookStore = createWebhookStore(database)
	const deliveryLogStore = createDeliveryLogStore(database)
	const upkeepStore = createUpkeepStore(database)
	const resources = opened.move()

	return {
		database,
		eventLogStore,
		webhookStore,
		deliveryLogStore,
		upkeepStore,
		/** The lines of the log, of every process. */
		logged,
		/** The names of the statements of the dispatchers. */
		statements,

		/** Starts a process that delivers events. */
		async startProcess(options: ProcessOptions = {}) {
			const { urls = [], timeoutMs = 10_000, leaseMs, allowPrivateWebhooks = true, addresses } = options
			await using processResources = new AsyncDisposableStack()
			const config = { webhooks: urls, webhookSecret: secret, secretsKeys, allowPrivateWebhooks }
			const resolve = async () => addresses ?? Promise.reject(new Error('the name is unknown'))
			const call = { resolve, lookUp: resolve, addressRefusal }
			const secretBox = createSecretBox(secretsKeys)
			const webhookAdapters = {
				eventLogStore,
				webhookStore,
				deliveryLogStore,
				upkeepStore,
				endedWebhookStore: createEndedWebhookStore(database),
				deliveryStore: createDeliveryStore(watched, config),
				settleStore: createSettleStore(watched),
				webhookCall: processResources.use(createWebhookCall(call, { timeoutMs })),
				secretBox,
				secretsOf: createSigningSecrets({ secretBox, environmentSecret: secret, log }),
			}
			processResources.use(
				await startDispatcher(wireDispatcher(webhookAdapters, { tail, log }, config), { ...config, leaseMs }),
			)
			const running = processResources.move()
			return { [Symbol.asyncDispose]: () => running.disposeAsync() }
		},

		/** Adds a webhook as the API does. Returns its id. */
		async addWebhook(url: string, types = ['*']): Promise<string> {
			const id = randomUUID()
			const sealed = createSecretBox(secretsKeys).seal(secret, id)
			await webhookStore.insertWebhook({ id, url, types, description: '', sealed }, 100)
			return id
		},

		/** Places orders in a trace, and takes each through `actions`. Returns their ids. */
		async place(count: number, ...actions: Action[]): Promise<string[]> {
			const ids = Array.from({ length: count }, () => randomUUID())
			await placingStore.insertOrders(ids.map((id) => orderWrite(id, 'mine', traceparent)))
			for (const id of ids) for (const action of actions) await act(id, action)
			writer.wake()
			return ids
		},
		act: (id: string, action: Action) => act(id, action).finally(writer.wake),

		/** The deliveries of a webhook, of one order or of all, in the order of the log. */
		deliveries(webhookId: string, orderId?: string): Promise<DeliveryRow[]> {
			return database.query<DeliveryRow>(
				`select order_id as "orderId", version, state, tries, attempts, next_attempt_at as "nextAttemptAt"
				from webhook_delivery where webhook_id = $1 and order_id = coalesce($2, order_id) order by position`,
				[webhookId, orderId ?? null],
			)
		},
		async idOf(url: string): Promise<string> {
			const [row] = await database.query<{ id: string }>('select id from webhook where url = $1', [url])
			return row?.id ?? ''
		},
		/** Makes every pending delivery due now that does not wait for another one. */
		async passTime(): Promise<void> {
			await database.query(
				'update webhook_delivery set next_attempt_at = clock_timestamp() where next_attempt_at is not null',
			)
		},
		/** Makes pending deliveries due again and again until `check` passes. */
		async inTime(check: () => unknown): Promise<void> {
			await eventually(async () => {
				await this.passTime()
				await check()
			})
		},
		/** Waits until a webhook has nothing to get. */
		async caughtUp(webhookId: string): Promise<void> {
			await eventually(async () => {
				const [row] = await database.query<{ open: number }>(
					`select count(*) as open from webhook, event_log
					where id = $1 and (position < last_position or leased_until > clock_timestamp())`,
					[webhookId],
				)
				if (row?.open !== 0) throw new Error('the webhook has not got everything')
			})
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}

	async function act(id: string, action: Action): Promise<void> {
		const order = (await readingStore.findOrder({ id, owner: undefined })) as Order
		if (action === 'ship') await stores.outboxStore.acknowledgeCommits([id])
		if (!(await transitionStore.writeTransition({ order, action, who: 'tester' }))) throw new Error('not written')
	}
}

export type Dispatching = Awaited<ReturnType<typeof startDispatching>>
