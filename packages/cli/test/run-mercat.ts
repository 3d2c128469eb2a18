import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const mercat = fileURLToPath(new URL('../bin/mercat.js', import.meta.url))

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
