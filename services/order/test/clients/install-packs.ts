import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))
const run = promisify(execFile)

/**
 * Packs packages of the workspace, and installs the packs into a folder, with the libraries that they depend on: those of the
 * workspace, so that no network is needed.
 */
export async function installPacks(folder: string, names: string[]): Promise<void> {
	const modules = join(folder, 'node_modules')
	for (const name of names) {
		const own = join(root, 'packages', name)
		await runPnpm(['pack', '--pack-destination', folder], own)
		const target = join(modules, '@mercat', name)
		mkdirSync(target, { recursive: true })
		await run('tar', ['-xzf', join(folder, archiveOf(folder, name)), '-C', target, '--strip-components=1'])
		const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
		for (const library of Object.keys(dependencies)) {
			mkdirSync(join(modules, library, '..'), { recursive: true })
			symlinkSync(join(own, 'node_modules', library), join(modules, library))
		}
	}
	cpSync(join(root, 'examples/clients'), folder, { recursive: true })
}

function archiveOf(folder: string, name: string): string {
	const archive = readdirSync(folder).find((file) => file.startsWith(`mercat-${name}-`))
	if (archive === undefined) throw new Error(`there is no pack of ${name}`)
	return archive
}

/** Runs the pnpm that runs this test, or the one that everybody has. */
async function runPnpm(args: string[], cwd: string): Promise<void> {
	const pnpm = process.env['npm_execpath'] ?? ''
	if (!pnpm.includes('pnpm')) await run('npx', ['--yes', 'pnpm@12', ...args], { cwd })
	else if (/\.[cm]?js$/.test(pnpm)) await run(process.execPath, [pnpm, ...args], { cwd })
	else await run(pnpm, args, { cwd })
}
