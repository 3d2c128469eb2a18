import { type Command, InvalidArgumentError } from 'commander'
import type { DatabaseTargets } from './backed-up-databases.ts'

/** Adds `mercat backup` and `mercat mark` to the program. */
export function addBackup(program: Command, env: NodeJS.ProcessEnv): void {
	addDatabaseOptions(program.command('backup'))
		.description('copy the databases as they are at one moment, by default the embedded ones in DATA_DIR')
		.argument('<dir>', 'a new folder for the copies')
		.action(async (folder: string, targets: DatabaseTargets) => {
			const { runBackup } = await import('./backup-command.ts')
			process.exitCode = await runBackup(folder, targets, env)
		})
	addDatabaseOptions(program.command('mark'))
		.description('write restore points of one moment into the logs of the servers, for point-in-time recovery')
		.argument('<name>', 'the name of the restore points', toMarkName)
		.action(async (name: string, targets: DatabaseTargets) => {
			const { runMark } = await import('./mark-command.ts')
			await runMark(name, targets, env)
		})
}

/** Adds the options that name the databases of a backup. */
export function addDatabaseOptions(command: Command): Command {
	return command
		.option('--order-db <url>', 'the URL of the order database')
		.option('--catalog-db <url>', 'the URL of the catalog database')
		.option('--market-db <url>', 'the URL of the database of the market, which is left out without it')
}

function toMarkName(text: string): string {
	if (!/^[\w.:+-]{1,63}$/.test(text))
		throw new InvalidArgumentError('It must have 1 to 63 letters, digits and the characters . : + - _.')
	return text
}
