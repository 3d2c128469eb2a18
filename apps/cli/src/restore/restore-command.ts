import { chooseDatabases, type DatabaseTargets, type DatabaseUrls } from '../backup/backed-up-databases.ts'
import { checkFiles } from '../backup/backup-files.ts'
import { copiesOf, type Manifest, readManifest } from '../backup/manifest.ts'
import { CommandError } from '../command/command-error.ts'
import { newestMigrationOf } from '../command/newest-migration.ts'
import { stopOnSignal } from '../signals/stop-on-signal.ts'
import { interruptedExitCode } from '../signals/stop-signal.ts'

export type RestoreOptions = DatabaseTargets & { audit: boolean }

/**
 * Runs `mercat restore`, which fills empty databases from a backup, and then audits them.
 *
 * @returns the exit code
 * @throws CommandError before anything is written, or when the databases are empty again
 */
export async function runRestore(
	folder: string,
	{ audit, ...targets }: RestoreOptions,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	const manifest = readManifest(folder)
	const { engine, urls } = chooseDatabases(targets, env, () => manifest.databases.market !== undefined)
	if (engine !== manifest.engine) throw otherEngine(manifest)
	checkDatabases(manifest, urls)
	const stop = stopOnSignal()
	await checkFiles(
		folder,
		copiesOf(manifest).flatMap(([, { files }]) => files),
	)
	try {
		stop.throwIfAborted()
		if (engine === 'embedded') {
			const { restoreEmbedded } = await import('./restore-embedded.ts')
			await restoreEmbedded(folder, manifest, urls, stop)
		} else {
			const { restoreDumps } = await import('./restore-dumps.ts')
			for (const repair of await restoreDumps(folder, manifest, urls, env, stop)) console.log(`repaired: ${repair}`)
		}
	} catch (error) {
		if (!stop.aborted) throw error
		console.error('mercat: stopped; the databases are empty as before')
		return interruptedExitCode
	}
	for (const line of afterwards(manifest, urls)) console.log(line)
	if (!audit) return 0
	const { runAudit } = await import('../audit/audit-command.ts')
	return runAudit({ catalogDb: urls.catalog, orderDb: urls.order, marketDb: urls.market }, env)
}

function afterwards({ takenAt, databases }: Manifest, { market }: DatabaseUrls): string[] {
	const lines = [`the databases are as they were at ${takenAt}`]
	if (databases.market !== undefined && market === undefined)
		lines.push('the market is left out: name its database with --market-db')
	lines.push('readers of events begin again at a position from before the backup: docs/backup.md tells why')
	return lines
}

function checkDatabases({ databases, mercat }: Manifest, { market }: DatabaseUrls): void {
	if (market !== undefined && databases.market === undefined)
		throw new CommandError('the backup has no database of the market: leave out --market-db', { exitCode: 2 })
	for (const [service, { schema }] of copiesOf({ databases })) {
		const newest = newestMigrationOf(service)
		if (schema > newest)
			throw new CommandError(
				`the ${service} database of the backup has the schema ${schema}, and this Mercat knows ${newest}: use the Mercat that made it (${mercat}) or a later one`,
				{ exitCode: 2 },
			)
	}
}

function otherEngine({ engine }: Manifest): CommandError {
	return new CommandError(
		engine === 'embedded'
			? 'the backup is of embedded databases, which go back to embedded ones: leave out the URLs, and set DATA_DIR'
			: 'the backup is of PostgreSQL: name empty databases with --order-db and --catalog-db',
		{ exitCode: 2 },
	)
}
