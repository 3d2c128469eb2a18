import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The command of this checkout, which the script `mercat` of the root package runs. */
export const mercat = fileURLToPath(new URL('../../../node_modules/.bin/mercat', import.meta.url))

export type MercatResult = { exitCode: number; stdout: string; stderr: string }

/**
 * Runs the command in a process that has only `PATH` and the given environment variables.
 *
 * @param cwd the folder to run it in. The command would read a `.env` of the repository.
 */
export function runMercat(
	args: string[],
	variables: { [name: string]: string } = {},
	cwd = tmpdir(),
): Promise<MercatResult> {
	const env = { PATH: process.env['PATH'], ...variables }
	return new Promise((resolve) => {
		execFile(mercat, args, { env, cwd }, (error, stdout, stderr) => {
			const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
			resolve({ exitCode, stdout, stderr })
		})
	})
}
