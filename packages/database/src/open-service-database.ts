import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

export type ServiceDatabaseOptions = {
	/** What the connections are called in PostgreSQL's own views. */
	applicationName: string
	/** Where the migrations are. */
	migrationsFolder: string
	/** Called for trouble on connections that nobody is using. */
	onIdleError(error: Error): void
}

/** Opens the database of a service, with plans that stay right as it grows, and brings its schema up to date. */
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
