import { type Database, openDatabase } from '@mercat/database/database'
import { createTestDatabase, type Engine } from '@mercat/testing/test-database'
import type { Assignment } from '../src/assignment.ts'
import type { LogEnds } from '../src/log-part.ts'

export type NumberedEvent = { position: number; text: string }

const schema = `
	create table log (last_position bigint not null);
	insert into log values (0);
	create table inbox (id bigint generated always as identity primary key, text text not null);
	create table event (position bigint primary key, text text not null)`

const assignPositions = `
	with log_row as materialized (
		select last_position from log for update skip locked
	), taken as (
		delete from inbox where id in (select id from inbox where exists (select from log_row) order by id limit $1)
		returning id, text
	), written as (
		insert into event select last_position + row_number() over (order by id), text from log_row, taken
		returning position
	), moved as (
		update log set last_position = (select max(position) from written) where exists (select from written)
	)
	select count(*) as events, coalesce(max(position), (select last_position from log)) as "lastPosition",
		0 as "delayS", 0 as "waitingS", count(*) = $1 as "isMore"
	from written`

/** The statements of a small log. */
function createLogStore(database: Database) {
	return {
		/** Adds events that wait for their positions. */
		async add(texts: string[]): Promise<void> {
			await database.query('insert into inbox (text) select unnest($1::text[])', [texts])
		},
		async assign(limit: number): Promise<Assignment> {
			const [row] = await database.query<Assignment>(assignPositions, [limit])
			return row!
		},
		async ends(): Promise<LogEnds> {
			const [row] = await database.query<LogEnds>(`
				select coalesce((select min(position) from event), last_position + 1) as first, last_position as last from log`)
			return row!
		},
		async readBlock(after: number, upTo: number): Promise<NumberedEvent[]> {
			return database.query<NumberedEvent>(
				'select position, text from event where position > $1 and position <= $2 order by position',
				[after, upTo],
			)
		},
		/** Loses the end of the log, as a failover may. */
		async loseAfter(position: number): Promise<void> {
			await database.transaction(async (transaction) => {
				await transaction.query('delete from event where position > $1', [position])
				await transaction.query('update log set last_position = $1', [position])
			})
		},
	}
}

/** A new database with a small log. */
export async function openLogStore(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const file = opened.use(await createTestDatabase(engine))
	const database = opened.use(await openDatabase(file.url))
	await database.transaction(async (transaction) => {
		for (const statement of schema.split(';')) await transaction.query(statement)
	})
	const resources = opened.move()
	return { database, ...createLogStore(database), [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
