import { createHash } from 'node:crypto'
import { chmodSync, createReadStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { makeFolder } from '@mercat/database/make-folder'
import { CommandError } from '../command/command-error.ts'

/** A file of a backup, as it was written. */
export type BackupFile = {
	/** In the folder of the backup, with `/` between its parts. */
	path: string
	bytes: number
	sha256: string
}

/** The folder of a backup that is being made. */
export type NewBackupFolder = {
	/** Removes what was written to it. */
	drop(): void
}

/** Makes the folder of a new backup. @throws CommandError when it has something in it */
export function makeBackupFolder(folder: string): NewBackupFolder {
	const isNew = !existsSync(folder)
	if (!isNew && !statSync(folder).isDirectory())
		throw new CommandError(`${folder} is no folder: name a new one`, { exitCode: 2 })
	if (!isNew && readdirSync(folder).length > 0)
		throw new CommandError(`${folder} is not empty: name a new folder, or remove what is in it`, { exitCode: 2 })
	makeFolder(folder)
	// It has the orders of all customers.
	chmodSync(folder, 0o700)
	return {
		drop() {
			for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
			if (isNew) rmSync(folder, { recursive: true, force: true })
		},
	}
}

/** Looks at a file that was written, once it is on the disk. */
export async function describeFile(folder: string, path: string): Promise<BackupFile> {
	const file = await open(join(folder, path), 'r+')
	try {
		await file.sync()
	} finally {
		await file.close()
	}
	return measureFile(folder, path)
}

/** @throws CommandError when a file is missing, or is not as it was written */
export async function checkFiles(folder: string, files: readonly BackupFile[]): Promise<void> {
	for (const file of files) {
		const { path, bytes, sha256 } = file
		if (!existsSync(join(folder, path))) throw damaged(path, 'is missing')
		const found = await measureFile(folder, path)
		if (found.bytes !== bytes) throw damaged(path, `has ${found.bytes} bytes instead of ${bytes}`)
		if (found.sha256 !== sha256) throw damaged(path, 'has another content than when it was written (sha256)')
	}
}

async function measureFile(folder: string, path: string): Promise<BackupFile> {
	const hash = createHash('sha256')
	await pipeline(createReadStream(join(folder, path)), hash)
	return { path, bytes: statSync(join(folder, path)).size, sha256: hash.digest('hex') }
}

function damaged(path: string, fault: string): CommandError {
	return new CommandError(`the backup is damaged: ${path} ${fault}`, { exitCode: 2 })
}
