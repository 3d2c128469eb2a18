import { stopOnSignal } from '../signals/stop-on-signal.ts'
import { interruptedExitCode } from '../signals/stop-signal.ts'
import { chooseDatabases, type DatabaseTargets } from './backed-up-databases.ts'
import { makeBackupFolder } from './backup-files.ts'
import { copyEmbedded } from './copy-embedded.ts'
import { dumpDatabases } from './dump-databases.ts'
import { type Copies, copiesOf, writeManifest } from './manifest.ts'
import { sizeText } from './size-text.ts'

/**
 * Runs `mercat backup`, which prints a line for each database. A backup that fails or is stopped leaves nothing behind.
 *
 * @returns the exit code
 * @throws CommandError
 */
export async function runBackup(folder: string, targets: DatabaseTargets, env: NodeJS.ProcessEnv): Promise<number> {
	const { engine, urls } = chooseDatabases(targets, env)
	const stop = stopOnSignal()
	const { drop } = makeBackupFolder(folder)
	try {
		if (engine === 'embedded') {
			const databases = await copyEmbedded(urls, folder, env)
			stop.throwIfAborted()
			writeManifest(folder, { takenAt: new Date().toISOString(), engine, pgDump: 0, databases })
			tell(databases)
		} else {
			const { databases, pgDump, stoppedMs, takenAt } = await dumpDatabases(urls, folder, env, stop)
			writeManifest(folder, { takenAt: takenAt.toISOString(), engine, pgDump, databases })
			tell(databases)
			console.log(`transitions of orders waited for ${Math.ceil(stoppedMs)} ms at most`)
		}
	} catch (error) {
		drop()
		if (!stop.aborted) throw error
		console.error('mercat: stopped; nothing is left of the backup')
		return interruptedExitCode
	}
	console.log(`${folder} is complete: mercat restore ${folder} puts it into empty databases`)
	return 0
}

function tell(databases: Copies): void {
	for (const [service, { files, server }] of copiesOf({ databases })) {
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
		console.log(`${service.padEnd(8)} ${sizeText(bytes).padStart(9)}  PostgreSQL ${server}`)
	}
}
