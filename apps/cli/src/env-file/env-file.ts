import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../command/command-error.ts'
import { parseEnvFile } from './parse-env-file.ts'

/**
 * The environment with the variables of the file `.env` in `folder`, as Docker compose reads it there. A variable of the
 * environment counts more than the same variable in the file, also when one of the two is `X` and the other `X_FILE`.
 *
 * @throws CommandError when there is such a file, and it cannot be read, or compose would read it differently
 */
export function withEnvFile(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
	const isGiven = (name: string) => env[name] !== undefined || env[`${name}_FILE`] !== undefined
	const variables = Object.entries(readEnvFile(join(folder, '.env')))
	return { ...Object.fromEntries(variables.filter(([name]) => !isGiven(name.replace(/_FILE$/, '')))), ...env }
}

function readEnvFile(path: string): NodeJS.Dict<string> {
	let text: string
	try {
		text = readFileSync(path, 'utf8')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
		const message = `${path} cannot be read: it must be a file that this user may read, or not be there`
		throw new CommandError(message, { cause: error })
	}
	return parseEnvFile(text, path)
}
