import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and its missing parents. `mkdirSync` with `recursive` never ends where a folder refuses new ones with
 * ENOENT, as /proc does.
 */
export function makeFolder(path: string): void {
	if (isFolder(path)) return
	const parent = dirname(path)
	if (parent !== path) makeFolder(parent)
	try {
		mkdirSync(path)
	} catch (error) {
		// Another process may have made it meanwhile.
		if (!isFolder(path)) throw error
	}
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
