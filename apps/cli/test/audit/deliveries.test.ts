import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { addWebhook, webhookId } from './healthy-webhook.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const isOf = (id: string, version: number) => `order_id = '${id}' and version = ${version}`

const deliveryBreaches: Breach[] = [
	[
		'the cursor of a webhook has passed an event without a delivery',
		({ ids }) => ({ order: [...addWebhook(ids), `delete from webhook_delivery where ${isOf(ids.paid, 2)}`] }),
		() => ({ 7: [new RegExp(`webhook ${webhookId}: its cursor has passed event \\d+ without a delivery`)] }),
	],
	[
		'the cursor of a URL of the environment has passed an event without a delivery or an earlier message',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				"update webhook set origin = 'environment'",
				`delete from webhook_delivery where ${isOf(ids.paid, 2)}`,
			],
		}),
		() => ({ 7: [/its cursor has passed event \d+ without a delivery/] }),
	],
	[
		'a delivery names another event than its position',
		({ ids }) => ({
			order: [...addWebhook(ids), `update webhook_delivery set version = 9 where ${isOf(ids.paid, 2)}`],
		}),
		() => ({ 7: [/webhook \S+: its delivery of event \d+ names another event/] }),
	],
	[
		'the cursor of a webhook is after the end of the log',
		({ ids }) => ({ order: [...addWebhook(ids), 'update webhook set position = position + 1'] }),
		() => ({ 7: [/webhook \S+: its cursor is at (\d+) and begins at 0, and the log ends at \d+/] }),
	],
	[
		'a webhook begins after the end of the log',
		({ ids }) => ({ order: [...addWebhook(ids), 'update webhook set since_position = position + 1'] }),
		() => ({ 7: [/webhook \S+: its cursor is at \d+ and begins at \d+, and the log ends at \d+/] }),
	],
	[
		'a pending delivery has no next attempt',
		({ ids }) => ({
			order: [...addWebhook(ids), `update webhook_delivery set next_attempt_at = null where ${isOf(ids.shipped, 2)}`],
		}),
		() => ({ 7: [/webhook \S+: its delivery of event \d+ is pending without a next attempt/] }),
	],
	[
		'a dead delivery has no error',
		({ ids }) => ({
			order: [...addWebhook(ids), `update webhook_delivery set attempts = '[]' where state = 'dead'`],
		}),
		() => ({ 7: [/webhook \S+: its delivery of event \d+ is dead without an error/] }),
	],
]

const messageOfOldVersion = (id: string) =>
	`insert into outbox (order_id, version, destination, type, state)
	select '${id}', 1, url, 'order.placed', 'delivered' from webhook`

const accepted: AcceptedState[] = [
	['events are delivered to a webhook, pending and dead', ({ ids }) => ({ order: addWebhook(ids) })],
	[
		'a webhook receives only events of some types',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				"update webhook set types = array['mercat.order.paid.v1', 'mercat.order.shipped.v1']",
				"delete from webhook_delivery where type not in ('mercat.order.paid.v1', 'mercat.order.shipped.v1')",
			],
		}),
	],
	[
		'a webhook was made in the middle of the log and has read a part of it',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				'update webhook set since_position = 4, position = 7',
				'delete from webhook_delivery where position not between 5 and 7',
			],
		}),
	],
	[
		'a URL has left the environment in the middle of the log',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				"update webhook set origin = 'environment', until_position = 5",
				'delete from webhook_delivery where position > 5',
			],
		}),
	],
	[
		'an earlier version of the service has sent an event to a URL of the environment',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				"update webhook set origin = 'environment'",
				`update orders set history = jsonb_set(history, '{0,messages}', '1') where id = '${ids.placed}'`,
				messageOfOldVersion(ids.placed),
				`delete from webhook_delivery where ${isOf(ids.placed, 1)}`,
			],
		}),
	],
	[
		'the message of an earlier version to a URL of the environment is deleted after seven days',
		({ ids }) => ({
			order: [
				...addWebhook(ids),
				"update webhook set origin = 'environment'",
				`update orders set history = jsonb_set(jsonb_set(history, '{0,messages}', '1'), '{0,when}', to_jsonb(clock_timestamp() - interval '9 days'))
				where id = '${ids.placed}'`,
				`update event set logged_at = logged_at - interval '9 days' where ${isOf(ids.placed, 1)}`,
				`delete from webhook_delivery where ${isOf(ids.placed, 1)}`,
			],
		}),
	],
]

describe('Invariant 7, deliveries:', () => {
	testBreaches(healthy, deliveryBreaches)
})

testAcceptedStates(healthy, accepted)

test('The audit reports an overdue delivery only while an order service runs, for an active webhook that no process works on', async () => {
	const { ids } = healthy.shop
	await using copy = await copyDatabases(healthy.urls, {
		order: [
			...addWebhook(ids),
			`update webhook_delivery set next_attempt_at = clock_timestamp() - interval '1 h' where order_id = '${ids.shipped}' and next_attempt_at is not null`,
		],
	})
	expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
	await using live = await openDatabase(copy.urls.order, { applicationName: 'mercat-order' })
	await live.query('select 1')
	const { exitCode, broken } = await auditInProcess(copy.urls)
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['7']])
	// The second pending delivery of the order waits for the first one, and has no next attempt.
	expect(broken[7]?.match(/webhook \S+: its delivery of event \d+ is overdue since 20\d\d-/g)).toHaveLength(1)
	for (const [column, value] of [
		['state', 'paused'],
		['leased_until', 'infinity'],
	]) {
		const [webhook] = await live.query<{ was: string }>(`select ${column}::text as was from webhook`)
		await live.query(`update webhook set ${column} = '${value}'`)
		expect(await auditInProcess(copy.urls), column).toMatchObject({ exitCode: 0 })
		await live.query(`update webhook set ${column} = '${webhook?.was}'`)
	}
})
