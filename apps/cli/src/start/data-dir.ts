import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@mercat/database/make-folder'
import { CommandError } from '../command/command-error.ts'

const megabyte = 1_000_000
// Two new embedded databases take about 100 MB, and each grows by its log.
const spaceOfNewMb = 250
const spaceOfOpenMb = 50

/**
 * Makes the folder of the embedded databases, if it is missing.
 *
 * @param neededMb the free space that the disk must have
 * @throws CommandError when there is a file in its place, it cannot be made, or there is too little space
 */
export function prepareDataDir(dataDir: string, neededMb = spaceNeededMb(dataDir)): void {
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

function spaceNeededMb(dataDir: string): number {
	return ['catalog', 'order'].every((name) => existsSync(join(dataDir, name))) ? spaceOfOpenMb : spaceOfNewMb
}
