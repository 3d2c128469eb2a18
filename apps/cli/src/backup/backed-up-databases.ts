import { existsSync } from 'node:fs'
import { CommandError } from '../command/command-error.ts'
import { addressOf, embeddedFolder, type ServiceName } from '../command/open-existing-database.ts'

/** The options of the commands that name databases. */
export type DatabaseTargets = { catalogDb?: string; orderDb?: string; marketDb?: string }

/** The URLs of the databases of a backup, all PostgreSQL or all embedded. */
export type DatabaseUrls = { catalog: string; order: string; market?: string }

export type BackedUpDatabases = { engine: 'postgres' | 'embedded'; urls: DatabaseUrls }

/**
 * The databases that the options name, or else the embedded ones in `DATA_DIR`.
 *
 * @param hasMarket whether the database of the market is meant, if no option names any database
 * @throws CommandError when some are embedded and others are not
 */
export function chooseDatabases(
	{ catalogDb, orderDb, marketDb }: DatabaseTargets,
	env: NodeJS.ProcessEnv,
	hasMarket: (folder: string) => boolean = existsSync,
): BackedUpDatabases {
	const urls: DatabaseUrls = {
		catalog: addressOf('catalog', catalogDb, env),
		order: addressOf('order', orderDb, env),
	}
	const market = addressOf('market', marketDb, env)
	const isDefault = catalogDb === undefined && orderDb === undefined
	if (marketDb !== undefined || (isDefault && hasMarket(embeddedFolder(market) ?? ''))) urls.market = market
	const engines = new Set(urlsOf(urls).map(([, url]) => (url.startsWith('pglite:') ? 'embedded' : 'postgres')))
	const [engine] = engines
	if (engine === undefined || engines.size > 1)
		throw new CommandError(
			'the databases must be all PostgreSQL or all embedded: name each with --order-db, --catalog-db and --market-db',
			{ exitCode: 2 },
		)
	return { engine, urls }
}

export function urlsOf(urls: DatabaseUrls): [ServiceName, string][] {
	return Object.entries(urls) as [ServiceName, string][]
}
