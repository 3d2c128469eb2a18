import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { CommandError } from '../command/command-error.ts'
import type { ServiceName } from '../command/open-existing-database.ts'
import { replaceFile } from '../output/replaced-file.ts'
import type { BackupFile } from './backup-files.ts'

/** The copy of one database. */
export type DatabaseCopy = {
	/** The major version of its PostgreSQL. */
	server: number
	/** The number of the last migration that it has. */
	schema: number
	/** The folders of an embedded database, as paths in the backup. */
	folders: string[]
	files: BackupFile[]
}

/** What the backup is made of. The market is in it if it was asked for. */
export type Copies = { catalog: DatabaseCopy; order: DatabaseCopy; market?: DatabaseCopy }

/** What a backup says about itself. It is written last, so a backup with a manifest is whole. */
export type Manifest = {
	format: typeof format
	/** The version of Mercat that made the backup. */
	mercat: string
	takenAt: string
	engine: 'postgres' | 'embedded'
	/** The major version of the pg_dump that made the files; 0 for embedded databases. */
	pgDump: number
	databases: Copies
}

const format = 1
const fileName = 'manifest.json'

export function writeManifest(folder: string, manifest: Omit<Manifest, 'format' | 'mercat'>): void {
	const file = replaceFile(join(folder, fileName))
	const content = { format, mercat: packageJson.version, ...manifest }
	writeFileSync(file.path, `${JSON.stringify(content, undefined, '\t')}\n`, { flush: true })
	file.finish()
}

/** @throws CommandError when the folder has no backup that is whole, or one of a later version */
export function readManifest(folder: string): Manifest {
	const path = join(folder, fileName)
	let manifest: Partial<Manifest>
	try {
		manifest = JSON.parse(readFileSync(path, 'utf8'))
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
		const fault = isMissing
			? `${folder} has no manifest.json: it is no backup, or one that did not come to its end`
			: `${path} cannot be read: ${(error as Error).message}`
		throw new CommandError(fault, { exitCode: 2, cause: error })
	}
	if (manifest?.format !== format)
		throw new CommandError(
			`${path} has the format ${manifest?.format}, and this Mercat (${packageJson.version}) reads ${format}: restore with Mercat ${manifest?.mercat}`,
			{ exitCode: 2 },
		)
	if (!isManifest(manifest)) throw new CommandError(`${path} is not as mercat backup writes it`, { exitCode: 2 })
	return manifest
}

/** The databases of a backup. */
export function copiesOf({ databases }: Pick<Manifest, 'databases'>): [ServiceName, DatabaseCopy][] {
	return Object.entries(databases) as [ServiceName, DatabaseCopy][]
}

function isManifest(manifest: Partial<Manifest>): manifest is Manifest {
	const { engine, databases, pgDump } = manifest
	const isKnown = engine === 'postgres' || engine === 'embedded'
	const names = Object.keys(databases ?? {})
	const hasBoth = names.includes('catalog') && names.includes('order')
	if (!isKnown || !Number.isInteger(pgDump) || !hasBoth) return false
	return copiesOf(manifest as Manifest).every(([service, copy]) => isCopy(service, copy))
}

function isCopy(service: string, { server, schema, folders, files }: DatabaseCopy): boolean {
	if (!/^(catalog|order|market)$/.test(service)) return false
	if (!Number.isInteger(server) || !Number.isInteger(schema)) return false
	const paths = [...(folders ?? []), ...(files ?? []).map(({ path }) => path)]
	return paths.length > 0 && paths.every((path) => isWithin(service, path))
}

// A manifest that somebody else wrote must not lead out of the folder of the database.
function isWithin(service: string, path: string): boolean {
	const [first, ...rest] = String(path).split('/')
	const isOwn = first === service || (first === `${service}.dump` && rest.length === 0)
	return isOwn && rest.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'))
}
