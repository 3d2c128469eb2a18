import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const messageBreaches: Breach[] = [
	[
		'a command of a transition is missing',
		({ ids }) => ({ order: [`delete from outbox where order_id = '${ids.cancelled}'`] }),
		({ ids }) => ({ 7: [`${ids.cancelled}: cancelled must have 1 messages and has 0`] }),
	],
	[
		'the catalog has the same command twice',
		({ ids }) => ({
			order: [
				'alter table outbox drop constraint outbox_order_id_version_destination_key',
				`insert into outbox (order_id, version, destination, type, state)
				select order_id, version, destination, type, state from outbox where order_id = '${ids.paid}'`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.paid}: paid must have 1 messages and has 2`] }),
	],
	[
		'the command differs from the command of the transition',
		({ ids }) => ({ order: [`update outbox set type = 'release' where order_id = '${ids.paid}'`] }),
		({ ids }) => ({ 7: [`${ids.paid}: paid lacks the command commit`] }),
	],
	[
		'a message of an earlier version is missing',
		({ ids }) => ({ order: [earlierMessages(ids.placed, 2), messageTo('http://a.example', ids.placed)] }),
		({ ids }) => ({ 7: [`${ids.placed}: placed must have 2 messages and has 1`] }),
	],
	[
		'a webhook has two messages of an earlier version and another webhook has none',
		({ ids }) => ({
			order: [
				'alter table outbox drop constraint outbox_order_id_version_destination_key',
				earlierMessages(ids.placed, 2),
				messageTo('http://a.example', ids.placed),
				messageTo('http://a.example', ids.placed),
			],
		}),
		({ ids }) => ({ 7: [`${ids.placed}: placed has two messages for one destination`] }),
	],
	[
		'a dead message has no error',
		({ ids }) => ({ order: [earlierMessages(ids.placed, 1), messageTo('http://a.example', ids.placed, 'dead')] }),
		({ ids }) => ({ 7: [`${ids.placed}: order.placed to http://a.example is dead without an error`] }),
	],
]

const accepted: AcceptedState[] = [
	[
		'the messages of transitions older than seven days are deleted',
		() => ({
			order: [
				"delete from outbox where state = 'delivered'",
				`update orders set history = (
					select jsonb_agg(jsonb_set(entry, '{when}', to_jsonb((entry ->> 'when')::timestamptz - interval '8 days')) order by place)
					from jsonb_array_elements(history) with ordinality as entries (entry, place)
				)`,
			],
		}),
	],
	[
		'an earlier version of the service has written messages to webhooks',
		({ ids }) => ({
			order: [
				earlierMessages(ids.placed, 2),
				messageTo('http://a.example', ids.placed),
				messageTo('http://b.example', ids.placed, 'pending'),
			],
		}),
	],
]

/** Notes that the placing of an order wrote messages to webhooks. */
const earlierMessages = (id: string, count: number) =>
	`update orders set history = jsonb_set(history, '{0,messages}', '${count}') where id = '${id}'`

/** A message to a webhook as an earlier version of the service wrote it. */
const messageTo = (url: string, id: string, state = 'delivered') =>
	`insert into outbox (order_id, version, destination, type, state) values ('${id}', 1, '${url}', 'order.placed', '${state}')`

describe('Invariant 7, messages:', () => {
	testBreaches(healthy, messageBreaches)
})

testAcceptedStates(healthy, accepted)

test('The audit reports an overdue message only while an order service runs', async () => {
	await using copy = await copyDatabases(healthy.urls, {
		order: [
			`update outbox set state = 'pending', next_attempt_at = clock_timestamp() - interval '1 h'
			where order_id = '${healthy.shop.ids.paid}'`,
		],
	})
	expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
	await using live = await openDatabase(copy.urls.order, { applicationName: 'mercat-order' })
	await live.query('select 1')
	const { exitCode, broken } = await auditInProcess(copy.urls)
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['7']])
	expect(broken[7]).toMatch(/commit to catalog is overdue by 36\d\d s/)
})
