import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

export type ServiceDatabaseOptions = {
	/** The name of the connections in PostgreSQL's views. */
	applicationName: string
	/** The path of the folder of migrations. */
	migrationsFolder: string
	/** Called for errors on idle connections. */
	onIdleError(error: Error): void
}

/** Opens the database of a service with fixed plans, and migrates its schema. */
export async function openServiceDatabase(
	url: string,
	{ applicationName, migrationsFolder, onIdleError }: ServiceDatabaseOptions,
): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openDatabase(url, { applicationName, hasFixedPlans: true, onIdleError }))
	await migrate(database, migrationsFolder)
	opened.move()
	return database
}

/** Whether the database answers. */
export function isReachable(database: Pick<Database, 'query'>): Promise<boolean> {
	return database.query('select 1').then(
		() => true,
		() => false,
	)
}
