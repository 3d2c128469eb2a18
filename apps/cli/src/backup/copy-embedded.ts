import { cp, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { DatabaseInUseError } from '@mercat/database/errors'
import { lockFolder } from '@mercat/database/folder-lock'
import {
	EmbeddedInUseError,
	embeddedFolder,
	openExistingDatabase,
	type ServiceName,
} from '../command/open-existing-database.ts'
import { type DatabaseUrls, urlsOf } from './backed-up-databases.ts'
import { describeFile } from './backup-files.ts'
import { beginCopy } from './begin-copy.ts'
import type { Copies, DatabaseCopy } from './manifest.ts'

/**
 * Copies the folders of embedded databases while none of them is open, so that they belong together.
 *
 * @throws EmbeddedInUseError when a process has one of them open
 */
export async function copyEmbedded(urls: DatabaseUrls, folder: string, env: NodeJS.ProcessEnv): Promise<Copies> {
	const copies: Partial<Record<ServiceName, DatabaseCopy>> = {}
	for (const [service, url] of urlsOf(urls)) {
		await using database = await openExistingDatabase(service, url, env)
		copies[service] = await beginCopy(database)
	}
	using locks = new DisposableStack()
	for (const [service, url] of urlsOf(urls)) locks.defer(lockEmbedded(service, embeddedFolder(url) ?? ''))
	for (const [service, url] of urlsOf(urls)) {
		const copy = copies[service] as DatabaseCopy
		await cp(embeddedFolder(url) ?? '', join(folder, service), { recursive: true })
		const entries = await readdir(join(folder, service), { recursive: true, withFileTypes: true })
		copy.folders.push(service)
		for (const entry of entries) {
			const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
			if (entry.isDirectory()) copy.folders.push(path)
			else copy.files.push(await describeFile(folder, path))
		}
	}
	return copies as Copies
}

/** Keeps other processes from opening an embedded database, until the function that it returns is called. */
export function lockEmbedded(service: ServiceName, folder: string): () => void {
	try {
		return lockFolder(folder)
	} catch (error) {
		throw error instanceof DatabaseInUseError ? new EmbeddedInUseError(service, error) : error
	}
}
