import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { runAudit } from '../../src/audit/audit-command.ts'
import { type DatabaseUrls, fillDatabases, type HealthyShop } from './healthy-shop.ts'

const invariants = [1, 2, 3, 4, 5, 6, 7]

type Seed = { catalog?: string[]; order?: string[] }
/** What the line of each broken invariant says; the others are to be fine. */
type Broken = Record<number, (string | RegExp)[]>
type Breach = [what: string, seed: (shop: HealthyShop) => Seed, broken: (shop: HealthyShop) => Broken]

const missing = (constraint: string) => `${constraint}: the constraint is missing`

/** Changes a reservation's state and nothing else. */
const reservationIs = (id: string, state: string) =>
	`update reservation set state = '${state}' where order_id = '${id}'`
/** Moves the counts of both products by what `orders` orders have of them. */
const moveStock = (column: 'on_hand' | 'held', orders: number) =>
	`update stock set ${column} = ${column} + ${orders} * (case when sku like 'A-%' then 2 else 1 end)`
const forget = (kind: 'commit' | 'return', id: string) =>
	`delete from stock_movement where kind = '${kind}' and cause = '${id}'`
const sell = (id: string) => `
	insert into stock_movement (sku, kind, cause, delta)
	select sku, 'commit', '${id}', case when sku like 'A-%' then -2 else -1 end from stock`

const breaches: Record<string, Breach[]> = {
	'1, stock and holds': [
		[
			'more is held than there is',
			({ sku }) => ({
				catalog: [
					'alter table stock drop constraint stock_never_oversold',
					`update stock set held = on_hand + 1 where sku = '${sku}'`,
				],
			}),
			({ sku }) => ({ 1: [missing('stock_never_oversold'), `${sku}: on hand 94, held 95, held by reservations 2`] }),
		],
		[
			'less than nothing is held',
			({ sku }) => ({
				catalog: [
					'alter table stock drop constraint stock_held_not_negative',
					`update stock set held = -1 where sku = '${sku}'`,
				],
			}),
			({ sku }) => ({ 1: [missing('stock_held_not_negative'), `${sku}: on hand 94, held -1`] }),
		],
		[
			'there is less than nothing',
			({ sku }) => ({
				catalog: [
					'alter table stock drop constraint stock_on_hand_range',
					'alter table stock drop constraint stock_never_oversold',
					`update stock set on_hand = -1 where sku = '${sku}'`,
				],
			}),
			({ sku }) => ({
				1: [missing('stock_on_hand_range'), missing('stock_never_oversold'), `${sku}: on hand -1, held 2`],
				2: [`${sku}: on hand -1, the ledger adds up to 94`],
			}),
		],
		[
			'more is held than reservations hold',
			({ sku }) => ({ catalog: [`update stock set held = held + 1 where sku = '${sku}'`] }),
			({ sku }) => ({ 1: [`${sku}: on hand 94, held 3, held by reservations 2`] }),
		],
		[
			'less is held than reservations hold',
			() => ({ catalog: ['update stock set held = 0'] }),
			({ sku, otherSku }) => ({
				1: [
					`${sku}: on hand 94, held 0, held by reservations 2; ${otherSku}: on hand 97, held 0, held by reservations 1`,
				],
			}),
		],
		[
			'something is held that has no stock',
			({ ids }) => ({
				catalog: [
					`insert into reservation select gen_random_uuid(), 'held', '[{"sku": "GHOST", "title": "G", "quantity": 3, "amountMinor": 1}]',
						currency, total_minor, expires_at from reservation where order_id = '${ids.placed}'`,
				],
			}),
			() => ({ 1: ['GHOST: on hand 0, held 0, held by reservations 3'] }),
		],
		...['stock_on_hand_range', 'stock_held_not_negative', 'stock_never_oversold'].map(
			(name): Breach => [
				`the database no longer checks ${name}`,
				() => ({ catalog: [`alter table stock drop constraint ${name}`] }),
				() => ({ 1: [missing(name)] }),
			],
		),
		[
			'a check is there and does not hold for the rows before it',
			() => ({
				catalog: [
					'alter table stock drop constraint stock_never_oversold',
					'alter table stock add constraint stock_never_oversold check (held <= on_hand) not valid',
				],
			}),
			() => ({ 1: [missing('stock_never_oversold')] }),
		],
	],
	'2, the ledger': [
		[
			'stock changes without a movement',
			({ sku }) => ({ catalog: [`update stock set on_hand = on_hand + 1 where sku = '${sku}'`] }),
			({ sku }) => ({ 2: [`${sku}: on hand 95, the ledger adds up to 94`] }),
		],
		[
			'a movement without stock',
			({ sku }) => ({
				catalog: [`insert into stock_movement (sku, kind, cause, delta) values ('${sku}', 'adjust', 'x', 5)`],
			}),
			({ sku }) => ({ 2: [`${sku}: on hand 94, the ledger adds up to 99`] }),
		],
		[
			'a sale without its movement',
			({ ids }) => ({ catalog: [forget('commit', ids.paid), moveStock('on_hand', 1)] }),
			({ ids, sku }) => ({ 2: [`${ids.paid}: sold 0 of ${sku} by the ledger, 2 by its reservation`] }),
		],
		[
			'a movement for a sale that there never was',
			({ ids }) => ({ catalog: [sell(ids.placed), moveStock('on_hand', -1)] }),
			({ ids, sku }) => ({ 2: [`${ids.placed}: sold 2 of ${sku} by the ledger, 0 by its reservation`] }),
		],
		[
			'two effects of one cause',
			({ ids }) => ({
				catalog: [
					'alter table stock_movement drop constraint stock_movement_pkey',
					sell(ids.paid),
					moveStock('on_hand', -1),
				],
			}),
			({ ids, sku }) => ({
				2: [
					missing('stock_movement_pkey'),
					`${sku}: commit ${ids.paid} has 2 effects`,
					`${ids.paid}: sold 4 of ${sku} by the ledger, 2 by its reservation`,
				],
			}),
		],
		[
			'nothing that keeps two effects of one cause out',
			() => ({ catalog: ['alter table stock_movement drop constraint stock_movement_pkey'] }),
			() => ({ 2: [missing('stock_movement_pkey')] }),
		],
	],
	'3, the ids of orders': [
		[
			'an order of another customer',
			({ ids }) => ({ order: [`update orders set customer_id = 'mallory' where id = '${ids.paid}'`] }),
			({ ids }) => ({ 3: [new RegExp(`${ids.paid}: its customer and key give [0-9a-f-]{36}`)] }),
		],
		[
			'an order of another key',
			({ ids }) => ({ order: [`update orders set idempotency_key = 'other' where id = '${ids.expired}'`] }),
			({ ids }) => ({ 3: [`${ids.expired}: its customer and key give`] }),
		],
		[
			'two orders of one customer and key',
			({ ids }) => ({
				order: [
					`create temporary table copy as select * from orders where id = '${ids.cancelled}'`,
					`update copy set id = '00000000-0000-4000-8000-000000000000'`,
					'insert into orders select * from copy',
				],
			}),
			({ ids }) => ({
				3: [
					`00000000-0000-4000-8000-000000000000: its customer and key give ${ids.cancelled}`,
					'has 2 orders under one key',
				],
				7: ['00000000-0000-4000-8000-000000000000: placed owed 2 messages and has 0'],
			}),
		],
	],
	'4, orders and reservations': [
		[
			'a placed order whose hold is gone',
			({ ids }) => ({ catalog: [reservationIs(ids.placed, 'expired'), moveStock('held', -1)] }),
			({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is expired`] }),
		],
		[
			'a placed order that was released',
			({ ids }) => ({ catalog: [reservationIs(ids.placed, 'released'), moveStock('held', -1)] }),
			({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is released`] }),
		],
		[
			'a placed order that is sold',
			({ ids }) => ({
				catalog: [
					reservationIs(ids.placed, 'committed'),
					sell(ids.placed),
					moveStock('held', -1),
					moveStock('on_hand', -1),
				],
			}),
			({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is committed`] }),
		],
		[
			'a placed order without a reservation',
			({ ids }) => ({
				catalog: [`delete from reservation where order_id = '${ids.placed}'`, moveStock('held', -1)],
			}),
			({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is absent`] }),
		],
		...(['paid', 'shipped', 'delivered'] as const).flatMap((status): Breach[] => [
			[
				`a ${status} order that is only held`,
				({ ids }) => ({
					catalog: [
						reservationIs(ids[status], 'held'),
						forget('commit', ids[status]),
						moveStock('on_hand', 1),
						moveStock('held', 1),
					],
				}),
				({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is held`] }),
			],
			[
				`a ${status} order without a reservation`,
				({ ids }) => ({
					catalog: [
						`delete from reservation where order_id = '${ids[status]}'`,
						forget('commit', ids[status]),
						moveStock('on_hand', 1),
					],
				}),
				({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is absent`] }),
			],
		]),
		...(['cancelled', 'expired'] as const).flatMap((status): Breach[] => [
			[
				`a ${status} order that still holds stock`,
				({ ids }) => ({ catalog: [reservationIs(ids[status], 'held'), moveStock('held', 1)] }),
				({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is held`] }),
			],
			[
				`a ${status} order whose hold ran out and may be taken again`,
				({ ids }) => ({ catalog: [reservationIs(ids[status], 'expired')] }),
				({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is expired`] }),
			],
		]),
		[
			'a cancelled order whose stock is still sold',
			({ ids }) => ({
				catalog: [reservationIs(ids.returned, 'committed'), forget('return', ids.returned), moveStock('on_hand', -1)],
			}),
			({ ids }) => ({ 4: [`${ids.returned}: cancelled, and its reservation is committed`] }),
		],
		[
			'a reservation with other lines than its order',
			({ ids, sku }) => ({
				catalog: [
					`update reservation set lines = jsonb_set(lines, '{0,quantity}', '3') where order_id = '${ids.placed}'`,
					`update stock set held = 3 where sku = '${sku}'`,
				],
			}),
			({ ids }) => ({
				4: [`${ids.placed}: its reservation has other lines`],
				5: [`${ids.placed}: its lines are not those that were reserved`],
			}),
		],
		[
			'stock that was sold to nobody',
			({ ids }) => ({
				order: [`delete from outbox where order_id = '${ids.paid}'`, `delete from orders where id = '${ids.paid}'`],
			}),
			({ ids }) => ({ 4: [`${ids.paid}: its stock is sold, and there is no such order`] }),
		],
	],
	'5, totals and prices': [
		[
			'a total that is not the sum of the lines',
			({ ids }) => ({ order: [`update orders set total_minor = total_minor - 1 where id = '${ids.paid}'`] }),
			({ ids }) => ({ 5: [`${ids.paid}: its total is 3000, its lines add up to 3001`] }),
		],
		[
			'a line at another price than was reserved',
			({ ids }) => ({
				order: [
					`update orders set items = jsonb_set(items, '{0,amountMinor}', '1'), total_minor = 1003 where id = '${ids.delivered}'`,
				],
			}),
			({ ids }) => ({ 5: [`${ids.delivered}: its lines are not those that were reserved`] }),
		],
		[
			'another currency than was reserved',
			({ ids }) => ({ order: [`update orders set currency = 'JPY' where id = '${ids.placed}'`] }),
			({ ids }) => ({ 5: [`${ids.placed}: in JPY, reserved in EUR`] }),
		],
		[
			'a reservation whose price was changed',
			({ ids }) => ({
				catalog: [
					`update reservation set lines = jsonb_set(lines, '{1,amountMinor}', '5') where order_id = '${ids.cancelled}'`,
				],
			}),
			({ ids }) => ({ 5: [`${ids.cancelled}: its lines are not those that were reserved`] }),
		],
	],
	'6, histories': [
		[
			'a history that does not start at placed',
			({ ids }) => ({
				order: [`update orders set history = jsonb_set(history, '{0,to}', '"paid"') where id = '${ids.placed}'`],
			}),
			({ ids }) => ({ 6: [`${ids.placed}: its history does not start at placed`] }),
		],
		[
			'no history',
			({ ids }) => ({ order: [`update orders set history = '[]' where id = '${ids.placed}'`] }),
			({ ids }) => ({ 6: [`${ids.placed}: its history does not start at placed`] }),
		],
		[
			'a history with a gap',
			({ ids }) => ({
				order: [`update orders set history = jsonb_set(history, '{2,from}', '"placed"') where id = '${ids.delivered}'`],
			}),
			({ ids }) => ({ 6: [`${ids.delivered}: its history has a gap before shipped`] }),
		],
		[
			'a way that there is not',
			({ ids }) => ({
				order: [
					`update orders set history = jsonb_set(history, '{1,to}', '"delivered"'), status = 'delivered' where id = '${ids.paid}'`,
				],
			}),
			({ ids }) => ({ 6: [`${ids.paid}: its history goes from placed to delivered`] }),
		],
		[
			'another status than its history ends at',
			({ ids }) => ({ order: [`update orders set status = 'delivered' where id = '${ids.shipped}'`] }),
			({ ids }) => ({ 6: [`${ids.shipped}: its history ends at shipped, its status is delivered`] }),
		],
		[
			'another version than there were transitions',
			({ ids }) => ({ order: [`update orders set version = 5 where id = '${ids.paid}'`] }),
			({ ids }) => ({ 6: [`${ids.paid}: its version is 5, after 2 transitions`] }),
		],
	],
	'7, messages': [
		[
			'an event that was never written',
			({ ids }) => ({
				order: [`delete from outbox where order_id = '${ids.paid}' and version = 1 and state = 'delivered'`],
			}),
			({ ids }) => ({ 7: [`${ids.paid}: placed owed 2 messages and has 1`] }),
		],
		[
			'a command that was never written',
			({ ids }) => ({
				order: [`delete from outbox where order_id = '${ids.cancelled}' and destination = 'catalog'`],
			}),
			({ ids }) => ({ 7: [`${ids.cancelled}: cancelled owed 3 messages and has 2`] }),
		],
		[
			'a message twice for one destination',
			({ ids }) => ({
				order: [
					'alter table outbox drop constraint outbox_order_id_version_destination_key',
					`insert into outbox (order_id, version, destination, type, state)
					select order_id, version, destination, type, state from outbox where order_id = '${ids.paid}' and destination = 'catalog'`,
				],
			}),
			({ ids }) => ({ 7: [`${ids.paid}: paid owed 3 messages and has 4`] }),
		],
		[
			'one destination twice, and another not at all',
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
			'another command than the transition has',
			({ ids }) => ({
				order: [`update outbox set type = 'release' where order_id = '${ids.paid}' and destination = 'catalog'`],
			}),
			({ ids }) => ({ 7: [`${ids.paid}: paid lacks the command commit`] }),
		],
		[
			'a dead message without its error',
			({ ids }) => ({
				order: [`update outbox set last_error = null where order_id = '${ids.placed}' and state = 'dead'`],
			}),
			({ ids }) => ({ 7: [/placed to http:\/\/127\.0\.0\.1:\d+\/events is dead without an error/, ids.placed] }),
		],
	],
}

describe('on PostgreSQL', () => {
	const opened = new AsyncDisposableStack()
	let healthy: DatabaseUrls
	let shop: HealthyShop
	beforeAll(async () => {
		healthy = {
			catalog: opened.use(await createTestDatabase('postgres')).url,
			order: opened.use(await createTestDatabase('postgres')).url,
		}
		shop = await fillDatabases(healthy)
	})
	afterAll(() => opened.disposeAsync())

	test('healthy data are found healthy', async () => {
		expect(read(await run(healthy))).toEqual({ exitCode: 0, stderr: '', broken: {} })
	})

	describe.each(Object.entries(breaches))('the audit finds a breach of invariant %s:', (_invariant, cases) => {
		test.concurrent.each(cases)('%s', async (_what, seed, broken) => {
			await using copy = await copyDatabases(healthy, seed(shop))
			const result = await audit(copy.urls)
			const expected = broken(shop)
			expect([result.exitCode, Object.keys(result.broken)]).toEqual([1, Object.keys(expected)])
			for (const [invariant, findings] of Object.entries(expected)) {
				for (const finding of findings) expect(result.broken[Number(invariant)]).toMatch(finding)
			}
		})
	})

	test('the audit finds a message that is overdue while the services run, and only then', async () => {
		await using copy = await copyDatabases(healthy, {
			order: [
				`update outbox set state = 'pending', next_attempt_at = clock_timestamp() - interval '1 h'
				where order_id = '${shop.ids.placed}' and state = 'delivered'`,
			],
		})
		expect(await audit(copy.urls)).toMatchObject({ exitCode: 0 })
		await using live = await openDatabase(copy.urls.order, { applicationName: 'mercat-order' })
		await live.query('select 1')
		const { exitCode, broken } = await audit(copy.urls)
		expect([exitCode, Object.keys(broken)]).toEqual([1, ['7']])
		expect(broken[7]).toMatch(/order\.placed to http:\S+ is overdue by 36\d\d s/)
	})

	const noBreach: [string, (shop: HealthyShop) => Seed][] = [
		[
			'a paid order whose commit is still under way',
			({ ids }) => ({
				order: [
					`update outbox set state = 'pending', last_error = 'HTTP 503' where order_id = '${ids.paid}' and destination = 'catalog'`,
				],
				catalog: [
					reservationIs(ids.paid, 'held'),
					forget('commit', ids.paid),
					moveStock('on_hand', 1),
					moveStock('held', 1),
				],
			}),
		],
		[
			'an order past its time to pay, whose hold was swept while nobody was there to expire it',
			({ ids }) => ({
				order: [`update orders set expires_at = placed_at where id = '${ids.placed}'`],
				catalog: [reservationIs(ids.placed, 'expired'), moveStock('held', -1)],
			}),
		],
		[
			'transitions of more than seven days ago, whose messages are forgotten',
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
			'a hold of an order that never came',
			({ ids }) => ({
				catalog: [
					`insert into reservation select gen_random_uuid(), state, lines, currency, total_minor, expires_at
					from reservation where order_id = '${ids.placed}'`,
					moveStock('held', 1),
				],
			}),
		],
		[
			'an order that was released before it was held',
			({ ids }) => ({
				catalog: [
					`update reservation set lines = '[]', currency = null, total_minor = null, expires_at = null where order_id = '${ids.cancelled}'`,
				],
			}),
		],
	]

	test.concurrent.each(noBreach)('the audit does not mind %s', async (_what, seed) => {
		await using copy = await copyDatabases(healthy, seed(shop))
		expect(await audit(copy.urls)).toEqual({ exitCode: 0, stderr: '', broken: {} })
	})

	test('many breaches of one invariant are counted, and ten of them shown', async () => {
		await using copy = await copyDatabases(healthy, {
			catalog: [
				`insert into reservation select gen_random_uuid(), 'committed', '[]', 'EUR', 0, clock_timestamp() from generate_series(1, 600)`,
			],
		})
		const { exitCode, broken } = read(await run(copy.urls))
		expect([exitCode, Object.keys(broken)]).toEqual([1, ['4']])
		expect(broken[4]?.match(/there is no such order/g)).toHaveLength(10)
		expect(broken[4]).toMatch(/; and 590 more$/)
	})

	test('databases that are not what they should be are named, with exit code 2', async () => {
		await using empty = await createTestDatabase('postgres')
		const unknown = new URL(healthy.order)
		unknown.pathname = '/nobody_has_created_this'
		const cases: [string, DatabaseUrls, RegExp][] = [
			['swapped', { catalog: healthy.order, order: healthy.catalog }, /the catalog database has no schema/],
			['empty', { ...healthy, order: empty.url }, /the order database has no schema/],
			['unknown', { ...healthy, order: unknown.href }, /the order database does not answer/],
			['nowhere', { ...healthy, catalog: 'postgres://postgres@127.0.0.1:1/x' }, /the catalog database does not answer/],
			[
				'no folder',
				{ ...healthy, catalog: 'pglite:/nowhere/at/all' },
				/\/nowhere\/at\/all: there is no embedded database/,
			],
		]
		for (const [what, urls, message] of cases) {
			const { exitCode, stdout, stderr } = await run(urls)
			expect([exitCode, stdout], what).toEqual([2, ''])
			expect(stderr).toMatch(message)
			expect(stderr.trim().split('\n'), what).toHaveLength(1)
		}
	})
})

test('the embedded databases in DATA_DIR are audited when nobody uses them, else it says who does', async () => {
	await using file = await createTestDatabase('pglite')
	const dataDir = join(file.url.slice('pglite:'.length), '../shop')
	const urls = { catalog: `pglite:${join(dataDir, 'catalog')}`, order: `pglite:${join(dataDir, 'order')}` }
	const auditIn = () => runMercat(['audit'], { DATA_DIR: dataDir })
	expect(await auditIn()).toMatchObject({
		exitCode: 2,
		stdout: '',
		stderr: expect.stringContaining(`${join(dataDir, 'catalog')}: there is no embedded database`),
	})

	for (const service of ['catalog', 'order']) {
		cpSync(inject('pgliteTemplate'), join(dataDir, service), { recursive: true })
	}
	const { sku } = await fillDatabases(urls)
	expect(read(await auditIn())).toEqual({ exitCode: 0, stderr: '', broken: {} })

	for (const service of ['catalog', 'order'] as const) {
		await using _user = await openDatabase(urls[service])
		expect(await auditIn()).toMatchObject({
			exitCode: 2,
			stdout: '',
			stderr: expect.stringMatching(
				new RegExp(`/${service}: the embedded database is in use by process ${process.pid};`),
			),
		})
	}

	await plant(urls, { catalog: ['update stock set held = held + 1'] })
	const { exitCode, broken } = read(await auditIn())
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['1']])
	expect(broken[1]).toContain(`${sku}: on hand 94, held 3, held by reservations 2`)
}, 120_000)

async function plant(urls: DatabaseUrls, changes: Seed): Promise<void> {
	for (const service of ['catalog', 'order'] as const) {
		const statements = changes[service]
		if (statements === undefined) continue
		await using database = await openDatabase(urls[service], { connectTimeoutMs: 20_000 })
		await database.transaction(async ({ query }) => {
			for (const statement of statements) await query(statement)
		})
	}
}

function run({ catalog, order }: DatabaseUrls): Promise<MercatResult> {
	return runMercat(['audit', '--catalog-db', catalog, '--order-db', order])
}

// In this process, which so many audits would else start anew for each.
async function audit({ catalog, order }: DatabaseUrls) {
	const lines: string[] = []
	const exitCode = await runAudit({ catalogDb: catalog, orderDb: order }, {}, (line) => lines.push(line))
	return read({ exitCode, stdout: lines.join('\n'), stderr: '' })
}

/** The lines of broken invariants by their numbers; there is one line for each invariant. */
function read({ exitCode, stdout, stderr }: MercatResult) {
	const lines = stdout.trimEnd().split('\n')
	expect(lines.map((line) => Number(line[0]))).toEqual(invariants)
	const broken = Object.fromEntries(
		lines.flatMap((line) => {
			const [, number, state] = /^(\d) (ok|BROKEN) {2,}\S/.exec(line) ?? []
			expect(state, line).toBeDefined()
			return state === 'BROKEN' ? [[Number(number), line]] : []
		}),
	)
	return { exitCode, stderr, broken: broken as Record<number, string> }
}

/** Copies of the databases that are to be changed; what is only read may be shared. */
async function copyDatabases(source: DatabaseUrls, changes: Seed) {
	await using opened = new AsyncDisposableStack()
	const urls = { ...source }
	for (const service of ['catalog', 'order'] as const) {
		if (changes[service] === undefined) continue
		urls[service] = opened.use(await createTestDatabase('postgres', source[service])).url
	}
	await plant(urls, changes)
	const resources = opened.move()
	return { urls, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
