import type { Command } from 'commander'
import { addDatabaseOptions } from '../backup/backup-program.ts'
import type { RestoreOptions } from './restore-command.ts'

/** Adds `mercat restore` to the program. */
export function addRestore(program: Command, env: NodeJS.ProcessEnv): void {
	addDatabaseOptions(program.command('restore'))
		.description('fill empty databases from a backup, by default embedded ones in DATA_DIR, and audit them')
		.argument('<dir>', 'the folder that `mercat backup` has made')
		.option('--no-audit', 'do not audit the databases afterwards')
		.action(async (folder: string, options: RestoreOptions) => {
			const { runRestore } = await import('./restore-command.ts')
			process.exitCode = await runRestore(folder, options, env)
		})
}
