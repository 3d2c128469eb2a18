import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@mercat/database/make-folder'
import { CommandError } from '../command/command-error.ts'
import type { StartSettings } from './start-settings.ts'

const megabyte = 1_000_000
// A new embedded database takes about 50 MB, and grows by its log.
const spaceOfNewMb = 100
const spaceOfOpenMb = 50

/**
 * Makes the folder of the embedded databases, if it is missing.
 *
 * @param neededMb the free space that the disk must have
 * @throws CommandError when there is a file in its place, it cannot be made, or there is too little space
 */
export function prepareDataDir(
	settings: Pick<StartSettings, 'dataDir' | 'market'>,
	neededMb = spaceNeededMb(settings),
): void {
	const { dataDir } = settings
	try {
		makeFolder(dataDir)
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException
		if (code === 'ENOENT')
			throw new CommandError(`DATA_DIR must be a folder that can be made, which ${dataDir} cannot: name another`, {
				cause: error,
			})
		if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error
		throw new CommandError(`DATA_DIR must be a folder, but a file is in its place: ${dataDir}`, { cause: error })
	}
	const { bavail, bsize } = statfsSync(dataDir)
	const freeMb = Math.floor((bavail * bsize) / megabyte)
	if (freeMb >= neededMb) return
	throw new CommandError(
		`the disk of ${dataDir} has only ${freeMb} MB left, and the embedded databases need ${neededMb} MB: free some space, or set DATA_DIR to a folder on another disk`,
	)
}

function spaceNeededMb({ dataDir, market }: Pick<StartSettings, 'dataDir' | 'market'>): number {
	const names = ['catalog', 'order', ...(market === undefined ? [] : ['market'])]
	const missing = names.filter((name) => !existsSync(join(dataDir, name)))
	return spaceOfOpenMb + missing.length * spaceOfNewMb
}
