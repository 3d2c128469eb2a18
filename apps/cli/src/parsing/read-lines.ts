import { readFileSync } from 'node:fs'
import { CommandError } from '../command/command-error.ts'

/** @throws CommandError when there is no such file */
export function readLines(path: string): string[] {
	try {
		return readFileSync(path, 'utf8')
			.replace(/^\uFEFF/, '')
			.split(/\r\n|\n|\r/)
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException
		if (code === 'ENOENT') throw new CommandError(`${path} does not exist`, { cause: error })
		if (code === 'EISDIR') throw new CommandError(`${path} is a folder`, { cause: error })
		throw error
	}
}
