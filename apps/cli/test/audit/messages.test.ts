import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const messageBreaches: Breach[] = [
	[
		'an event of a transition is missing',
		({ ids }) => ({
			order: [`delete from outbox where order_id = '${ids.paid}' and version = 1 and state = 'delivered'`],
		}),
		({ ids }) => ({ 7: [`${ids.paid}: placed must have 2 messages and has 1`] }),
	],
	[
		'a command of a transition is missing',
		({ ids }) => ({
			order: [`delete from outbox where order_id = '${ids.cancelled}' and destination = 'catalog'`],
		}),
		({ ids }) => ({ 7: [`${ids.cancelled}: cancelled must have 3 messages and has 2`] }),
	],
	[
		'a destination has the same message twice',
		({ ids }) => ({
			order: [
				'alter table outbox drop constraint outbox_order_id_version_destination_key',
				`insert into outbox (order_id, version, destination, type, state)
				select order_id, version, destination, type, state from outbox where order_id = '${ids.paid}' and destination = 'catalog'`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.paid}: paid must have 3 messages and has 4`] }),
	],
	[
		'one destination has two messages and another has none',
		({ ids }) => ({
			order: [
				'alter table outbox drop constraint outbox_order_id_version_destination_key',
				`update outbox set destination = (select min(destination) from outbox where destination <> 'catalog')
				where order_id = '${ids.placed}'`,
			],
		}),
		({ ids }) => ({ 7: [`${ids.placed}: placed has two messages for one destination`] }),
	],
	[
		'the command differs from the command of the transition',
		({ ids }) => ({
			order: [`update outbox set type = 'release' where order_id = '${ids.paid}' and destination = 'catalog'`],
		}),
		({ ids }) => ({ 7: [`${ids.paid}: paid lacks the command commit`] }),
	],
	[
		'a dead message has no error',
		({ ids }) => ({
			order: [`update outbox set last_error = null where order_id = '${ids.placed}' and state = 'dead'`],
		}),
		({ ids }) => ({ 7: [/placed to http:\/\/127\.0\.0\.1:\d+\/events is dead without an error/, ids.placed] }),
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
]

describe('Invariant 7, messages:', () => {
	testBreaches(healthy, messageBreaches)
})

testAcceptedStates(healthy, accepted)

test('The audit reports an overdue message only while an order service runs', async () => {
	await using copy = await copyDatabases(healthy.urls, {
		order: [
			`update outbox set state = 'pending', next_attempt_at = clock_timestamp() - interval '1 h'
			where order_id = '${healthy.shop.ids.placed}' and state = 'delivered'`,
		],
	})
	expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
	await using live = await openDatabase(copy.urls.order, { applicationName: 'mercat-order' })
	await live.query('select 1')
	const { exitCode, broken } = await auditInProcess(copy.urls)
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['7']])
	expect(broken[7]).toMatch(/order\.placed to http:\S+ is overdue by 36\d\d s/)
})
