import { serviceVariables } from '@mercat/service/config'
import { createLog } from '@mercat/service/log'
import { readConfigOrExit } from '@mercat/service/run'
import { readVariables } from '@mercat/service/variables'
import { openServiceDatabase } from '../open-service-database.ts'

export type MigrationOptions = {
	/** The name of the service, such as `catalog`. */
	service: string
	/** The path of the folder of migrations. */
	migrationsFolder: string
}

const { DATABASE_URL, LOG_LEVEL } = serviceVariables

/**
 * If the process of a service was started with the argument `migrate`, migrates its database and ends the process. This needs
 * `DATABASE_URL`, and no other variable of the service. Returns at once if there is no argument; any other one ends the process.
 */
export async function migrateIfAsked(
	{ argv, env }: Pick<NodeJS.Process, 'argv' | 'env'>,
	{ service, migrationsFolder }: MigrationOptions,
): Promise<void> {
	const args = argv.slice(2)
	if (args.length === 0) return
	if (args.length > 1 || args[0] !== 'migrate') {
		console.error('usage: main.ts [migrate]')
		process.exit(2)
	}
	const config = readConfigOrExit((variables) => readVariables({ DATABASE_URL, LOG_LEVEL }, variables), env)
	const log = createLog(service, config.LOG_LEVEL)
	try {
		await using _migrated = await openServiceDatabase(config.DATABASE_URL, {
			applicationName: `mercat-${service}`,
			migrationsFolder,
			log,
		})
		log.info('the database is migrated')
	} catch (err) {
		log.fatal({ err }, 'the database was not migrated')
		process.exit(1)
	}
	process.exit(0)
}
