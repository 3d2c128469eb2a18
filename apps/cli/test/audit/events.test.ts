import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const isOf = (id: string, version: number) => `order_id = '${id}' and version = ${version}`

/** Takes the position of an event away: it waits in the inbox again. */
const waitAgain = (id: string, version: number) => [
	`insert into event_inbox (order_ids, version, status, happened_at)
	select array[order_id], version, status, logged_at from event where ${isOf(id, version)}`,
	`delete from event where ${isOf(id, version)}`,
]

/** Makes everything in the history of an order this much older. */
const makeOlder = (id: string, age: string) =>
	`update orders set history = (
		select jsonb_agg(jsonb_set(entry, '{when}', to_jsonb((entry ->> 'when')::timestamptz - interval '${age}')) order by place)
		from jsonb_array_elements(history) with ordinality as entries (entry, place)
	) where id = '${id}'`

const eventBreaches: Breach[] = [
	[
		'a transition has no event',
		({ ids }) => ({ order: [`delete from event where ${isOf(ids.shipped, 2)}`] }),
		({ ids }) => ({ 7: [`${ids.shipped}: version 2 has no event`] }),
	],
	[
		'a transition has two events in the log',
		({ ids }) => ({
			order: [
				'alter table event drop constraint event_order_id_version_key',
				'update event_log set last_position = last_position + 1',
				`insert into event (position, order_id, version, status)
				select last_position, order_id, version, status from event, event_log where ${isOf(ids.paid, 1)}`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.paid}: version 1 has 2 events`] }),
	],
	[
		'a transition is in the log and in the inbox',
		({ ids }) => ({ order: [waitAgain(ids.paid, 2)[0] as string] }),
		({ ids }) => ({ 7: [`${ids.paid}: version 2 has 2 events`] }),
	],
	[
		'the positions of two events of an order are swapped',
		({ ids }) => ({
			order: [
				'alter table event drop constraint event_pkey',
				`update event set position = (
					select sum(position) from event where order_id = '${ids.shipped}' and version in (2, 3)
				) - position where order_id = '${ids.shipped}' and version in (2, 3)`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.shipped}: version 3 comes before version 2 in the log`] }),
	],
	[
		'an event waits for its position although a later one of its order has one',
		({ ids }) => ({ order: waitAgain(ids.delivered, 2) }),
		({ ids }) => ({ 7: [`${ids.delivered}: version 3 comes before version 2 in the log`] }),
	],
	[
		'the status of an event differs from the history of its order',
		({ ids }) => ({ order: [`update event set status = 'paid' where ${isOf(ids.cancelled, 2)}`] }),
		({ ids }) => ({ 7: [`${ids.cancelled}: version 2 is cancelled, and its event is paid`] }),
	],
	[
		'an order has an event of a version that it has not reached',
		({ ids }) => ({
			order: [
				'update event_log set last_position = last_position + 1',
				`insert into event (position, order_id, version, status)
				select last_position, '${ids.placed}', 2, 'paid' from event_log`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.placed}: it has an event of version 2, after 1 transitions`] }),
	],
	[
		'an event has a position after the end of the log',
		() => ({ order: ['update event_log set last_position = last_position - 1'] }),
		() => ({ 7: [/event (\d+): the log ends at \d+/] }),
	],
	[
		'the log has lost its row',
		() => ({ order: ['delete from event_log'] }),
		() => ({ 7: ['event_log: the log must have one row'] }),
	],
]

const accepted: AcceptedState[] = [
	['the last events of orders have no position yet', ({ ids }) => ({ order: waitAgain(ids.delivered, 4) })],
	[
		'the transitions of an order are from before the log began',
		({ ids }) => ({
			order: [makeOlder(ids.shipped, '1 day'), `delete from event where order_id = '${ids.shipped}'`],
		}),
	],
	[
		'the events of an order are older than the retention',
		({ ids }) => ({
			order: [
				makeOlder(ids.shipped, '60 days'),
				`delete from event where order_id = '${ids.shipped}' and version < 3`,
				`update event_log set began_at = began_at - interval '90 days', pruned_before = began_at - interval '30 days'`,
			],
		}),
	],
]

describe('Invariant 7, events:', () => {
	testBreaches(healthy, eventBreaches)
})

testAcceptedStates(healthy, accepted)

test('The audit reports an event that has waited long for its position only while an order service runs', async () => {
	const { ids } = healthy.shop
	await using copy = await copyDatabases(healthy.urls, {
		order: [
			...waitAgain(ids.delivered, 4),
			makeOlder(ids.delivered, '1 hour'),
			"update event_log set began_at = began_at - interval '1 day'",
		],
	})
	expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
	await using live = await openDatabase(copy.urls.order, { applicationName: 'mercat-order' })
	await live.query('select 1')
	const { broken } = await auditInProcess(copy.urls)
	expect(broken[7]).toMatch(/the event of version 4 has waited for its position for 36\d\d s/)
})
