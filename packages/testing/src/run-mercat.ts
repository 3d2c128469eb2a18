import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'

// The command as `npx mercat` finds it: the root package depends on it.
const root = createRequire(new URL('../../../package.json', import.meta.url))

export const mercat = root.resolve('@mercat/cli/bin/mercat.js')

export type MercatResult = { exitCode: number; stdout: string; stderr: string }

/** Runs the command as a process of its own, with these variables only. */
export function runMercat(args: string[], variables: { [name: string]: string } = {}): Promise<MercatResult> {
	const env = { PATH: process.env['PATH'], ...variables }
	return new Promise((resolve) => {
		execFile(process.execPath, [mercat, ...args], { env }, (error, stdout, stderr) => {
			const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
			resolve({ exitCode, stdout, stderr })
		})
	})
}
