import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { Engine } from '@mercat/testing/test-database'
import { migrationsFolder } from '../../src/server.ts'

/** A database that has its schema and what `plant` writes, for a service that starts later. */
export async function prepareDatabase(engine: Engine, plant: (database: Database) => Promise<unknown>) {
	await using opened = new AsyncDisposableStack()
	const file = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	{
		await using database = await openDatabase(file.url)
		await plant(database)
	}
	const resources = opened.move()
	return { url: file.url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Writes events of orders that do not exist. They are enough for readers of positions. */
export async function plantEvents(database: Database, first: number, last: number): Promise<void> {
	await database.query(
		"insert into event (position, order_id, version, status) select position, gen_random_uuid(), 1, 'placed' from generate_series($1::int, $2::int) as position",
		[first, last],
	)
	await database.query('update event_log set last_position = $1', [last])
}

export type PlantedWebhook = { id: string; url?: string; origin?: 'api' | 'environment'; position?: number }

export async function plantWebhook(database: Database, webhook: PlantedWebhook): Promise<void> {
	const { id, url = 'https://shop.example/planted', origin = 'api', position = 0 } = webhook
	await database.query(
		"insert into webhook (id, origin, url, types, position, since_position) values ($1, $2, $3, '{*}', $4, $4)",
		[id, origin, url, position],
	)
}

export type PlantedDelivery = {
	webhookId: string
	position: number
	orderId: string
	state: 'pending' | 'delivered' | 'dead'
	attempts?: object[]
}

export async function plantDelivery(database: Database, delivery: PlantedDelivery): Promise<void> {
	const { webhookId, position, orderId, state, attempts = [] } = delivery
	await database.query(
		`insert into webhook_delivery (webhook_id, position, order_id, version, type, state, attempts, tries, trying_since, next_attempt_at)
		values ($1, $2, $3, 2, 'mercat.order.paid.v1', $4, $5, 7, '2026-01-01', case $4 when 'pending' then '2999-01-01'::timestamptz end)`,
		[webhookId, position, orderId, state, JSON.stringify(attempts)],
	)
}
