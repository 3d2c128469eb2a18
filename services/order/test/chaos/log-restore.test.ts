import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { migrationsFolder } from '../../src/server.ts'
import { type OpenStream, openStream } from '../events/open-stream.ts'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const staff = token('staff', 'orders:manage')

const open = ({ url }: Services, after: string) => openStream(url, `?after=${after}`, { token: staff })

const namesOf = (stream: OpenStream) =>
	stream.events().map(({ data }) => {
		const { id, version } = JSON.parse(data ?? '').data
		return `${id} ${version}`
	})

const textsOf = (stream: OpenStream) => stream.events().map(({ id, data }) => `${id} ${data}`)

async function place(services: Services, sku: string): Promise<string> {
	return (await services.place(orderOf(sku))).body.id
}

async function act(services: Services, id: string, action: 'pay' | 'cancel'): Promise<void> {
	const body = action === 'pay' ? { reference: 'r1' } : {}
	const answer = await services.request('POST', `/v1/orders/${id}/${action}`, {
		token: staff,
		body,
	})
	expect(answer.status).toBe(200)
}

/** Changes an order within a transaction, as an order service does it. */
const changeOrder = (status: string) => `
	update orders set status = '${status}', version = version + 1, updated_at = clock_timestamp(),
		history = history || jsonb_build_object('from', status, 'to', '${status}', 'when', clock_timestamp(), 'who', 'slow', 'messages', 0)
	where id = $1`

test('a transaction that began first and writes last delays its own events only, and the versions of an order ascend', async () => {
	await using database = await createTestDatabase('postgres')
	await using services = await startServices('postgres', { databaseUrl: database.url })
	const sku = await services.catalog.createProduct()
	const [own, shared] = [await place(services, sku), await place(services, sku)]
	using stream = await open(services, '0')
	await stream.receive(2)
	await using second = await openDatabase(database.url)
	let meanwhile = ''
	await second.transaction(async (transaction) => {
		// It has a transaction id, and a row in the inbox, before all that follows.
		await transaction.query(changeOrder('paid'), [own])
		await act(services, shared, 'pay')
		meanwhile = await place(services, sku)
		await stream.receive(4)
		await transaction.query(changeOrder('shipped'), [shared])
	})
	await stream.receive(6)
	const [, , ...names] = namesOf(stream)
	expect(names).toEqual([`${shared} 2`, `${meanwhile} 1`, `${own} 2`, `${shared} 3`])
	expect(stream.positions()).toEqual([1, 2, 3, 4, 5, 6])
})

test('a stream goes on at its position after the database was copied, and later events follow the earlier ones', async () => {
	await using original = await createTestDatabase('postgres')
	await using catalog = await createTestDatabase('postgres')
	const urls = { databaseUrl: original.url, catalogDatabaseUrl: catalog.url }
	const ids: string[] = []
	const seen: string[] = []
	let sku = ''
	{
		await using services = await startServices('postgres', urls)
		sku = await services.catalog.createProduct()
		for (let order = 0; order < 3; order++) ids.push(await place(services, sku))
		await act(services, ids[0] as string, 'pay')
		using stream = await open(services, '0')
		await stream.receive(4)
		seen.push(...textsOf(stream))
	}
	// The copy of a template has the sequence of the inbox and the triggers, as a dump has them.
	await using copy = await createTestDatabase('postgres', original.url)
	await using services = await startServices('postgres', { ...urls, databaseUrl: copy.url })
	using stream = await open(services, '2')
	await act(services, ids[1] as string, 'cancel')
	ids.push(await place(services, sku))
	await stream.receive(4)
	expect(textsOf(stream).slice(0, 2)).toEqual(seen.slice(2))
	expect(namesOf(stream).slice(2)).toEqual([`${ids[1]} 2`, `${ids[3]} 1`])
	expect(stream.positions()).toEqual([3, 4, 5, 6])
})

// The tables in the order in which `pg_dump --data-only` writes them.
const tables = ['event', 'event_inbox', 'event_log', 'orders', 'outbox', 'webhook', 'webhook_delivery']

test('positions stay as they were when only the data is restored, into a database whose triggers write the inbox again', async () => {
	await using original = await createTestDatabase('postgres')
	await using catalog = await createTestDatabase('postgres')
	const urls = { databaseUrl: original.url, catalogDatabaseUrl: catalog.url }
	const seen: string[] = []
	let [id, sku] = ['', '']
	{
		await using services = await startServices('postgres', urls)
		sku = await services.catalog.createProduct()
		id = await place(services, sku)
		await act(services, id, 'pay')
		await place(services, sku)
		using stream = await open(services, '0')
		await stream.receive(3)
		seen.push(...textsOf(stream))
	}
	await using source = await openDatabase(original.url)
	// The last two transitions had no position yet when the data was read.
	await source.transaction(async ({ query }) => {
		await query(changeOrder('shipped'), [id])
		await query(changeOrder('delivered'), [id])
	})
	await using restored = await createMigratedDatabase('postgres', migrationsFolder)
	await restore(source, restored.url)

	await using services = await startServices('postgres', { ...urls, databaseUrl: restored.url })
	using stream = await open(services, '0')
	await stream.receive(5)
	await place(services, sku)
	await stream.receive(6)
	expect(textsOf(stream).slice(0, 3)).toEqual(seen)
	expect(namesOf(stream).slice(3, 5)).toEqual([`${id} 3`, `${id} 4`])
	expect(namesOf(stream)).toHaveLength(6)
})

async function restore(source: Awaited<ReturnType<typeof openDatabase>>, url: string): Promise<void> {
	await using target = await openDatabase(url)
	await target.query('delete from event_log')
	for (const table of tables) {
		const [row] = await source.query<{ rows: unknown }>(
			`select coalesce(jsonb_agg(row), '[]') as rows from ${table} as row`,
		)
		await target.query(
			`insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
			[JSON.stringify(row?.rows)],
		)
	}
	for (const table of ['event_inbox', 'outbox']) {
		const [sequence] = await source.query<{ last: number }>(`select last_value as last from ${table}_id_seq`)
		await target.query(`select setval('${table}_id_seq', $1)`, [sequence?.last])
	}
}
