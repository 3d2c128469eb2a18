import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { makeFolder } from '@mercat/database/make-folder'
import { type DatabaseUrls, urlsOf } from '../backup/backed-up-databases.ts'
import { lockEmbedded } from '../backup/copy-embedded.ts'
import type { DatabaseCopy, Manifest } from '../backup/manifest.ts'
import { embeddedFolder, type ServiceName } from '../command/open-existing-database.ts'
import { refused } from './refused.ts'
import { createTargetStore } from './target-store.ts'

type Target = { service: ServiceName; folder: string; unfinished: string }

/**
 * Copies the folders of a backup to where embedded databases are to be. Each folder gets its name when all are whole.
 *
 * @throws CommandError
 */
export async function restoreEmbedded(
	backup: string,
	{ databases }: Manifest,
	urls: DatabaseUrls,
	signal: AbortSignal,
): Promise<void> {
	using locks = new DisposableStack()
	const targets: Target[] = []
	for (const [service, url] of urlsOf(urls)) {
		const folder = embeddedFolder(url)
		if (folder === undefined)
			throw refused(`--${service}-db must name a folder: a database in memory ends with the command`)
		makeFolder(dirname(folder))
		locks.defer(lockEmbedded(service, folder))
		if (existsSync(folder) && readdirSync(folder).length > 0)
			throw refused(`${folder} is not empty: set DATA_DIR to a new folder, or move this one away`)
		targets.push({ service, folder, unfinished: `${folder}.restoring` })
	}
	await checkVersion(databases.order)
	const finished: Target[] = []
	try {
		for (const { service, unfinished } of targets) {
			rmSync(unfinished, { recursive: true, force: true })
			await copyFolder(backup, databases[service] as DatabaseCopy, (path) => unfinished + path.slice(service.length))
			signal.throwIfAborted()
		}
		for (const target of targets) {
			if (existsSync(target.folder)) rmdirSync(target.folder)
			renameSync(target.unfinished, target.folder)
			finished.push(target)
		}
	} catch (error) {
		for (const { unfinished } of targets) rmSync(unfinished, { recursive: true, force: true })
		for (const { folder } of finished) rmSync(folder, { recursive: true, force: true })
		throw error
	}
}

async function copyFolder(
	backup: string,
	{ folders, files }: DatabaseCopy,
	placeOf: (path: string) => string,
): Promise<void> {
	for (const path of folders) makeFolder(placeOf(path))
	for (const { path } of files) await copyFile(join(backup, path), placeOf(path))
}

// The files of a database belong to one major version.
async function checkVersion({ server }: DatabaseCopy): Promise<void> {
	await using embedded = await openDatabase('pglite:memory')
	const major = await createTargetStore(embedded).majorVersion()
	if (major !== server)
		throw refused(`the embedded database of this Mercat is PostgreSQL ${major}, and the backup is of ${server}`)
}
