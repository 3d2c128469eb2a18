import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { Engine } from '@mercat/testing/test-database'
import { rollUpBars } from '../src/folding/bars/roll-up.ts'
import { createRollUpStore } from '../src/folding/bars/roll-up-store.ts'
import { keepPartitions } from '../src/partitions/keep-partitions.ts'
import { createPartitionStore } from '../src/partitions/partition-store.ts'
import { defaultRetention } from '../src/settings/retention.ts'

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))
const options = { hasFixedPlans: true }

/** A market's database without a service, with a source and the partitions of a time. */
export async function openMarketDatabase(engine: Engine, nowMs: number, source = 'metals'): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url, options))
	await addSource(database, nowMs, source)
	const resources = opened.move()
	return { ...database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** The same on an empty database. */
export async function openMarketDatabaseAt(url: string, nowMs: number, source: string): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openDatabase(url, options))
	await migrate(database, migrationsFolder)
	await addSource(database, nowMs, source)
	opened.move()
	return database
}

async function addSource(database: Database, nowMs: number, source: string): Promise<void> {
	await database.query('insert into source (name) values ($1)', [source])
	await partitionsOf(database, nowMs)()
}

/** The keeping of the partitions of a database, at a time. */
export function partitionsOf(
	database: Database,
	nowMs: number,
	{ foldBars = async () => {} }: { foldBars?(source: string): Promise<void> } = {},
) {
	const now = () => nowMs
	return keepPartitions({
		...createPartitionStore(database),
		foldBars,
		rollUp: rollUpBars({ ...createRollUpStore(database), now }),
		retention: defaultRetention,
		oldestTickMs: 3_600_000,
		now,
	})
}
