import { readFileSync } from 'node:fs'
import { CommandError } from '../command/command-error.ts'

/** @throws CommandError when there is no such file, or when it is not in UTF-8 */
export function readLines(path: string): string[] {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)).split(/\r\n|\n|\r/)
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException
		if (code === 'ENOENT') throw new CommandError(`${path} does not exist`, { cause: error })
		if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new CommandError(`${path} must be in UTF-8`, { cause: error })
		if (code === 'EISDIR') throw new CommandError(`${path} is a folder`, { cause: error })
		throw error
	}
}
