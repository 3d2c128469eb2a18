import { basename } from 'node:path'
import { runCommand } from './run-command.ts'

/**
 * Installs all that a checkout's lockfile names.
 *
 * @param packageManager path of the one that runs the bench, if one does
 * @param interruption rejects when it is to be given up
 */
export async function installPackages(
	checkout: string,
	packageManager: string | undefined,
	interruption: Promise<never>,
): Promise<void> {
	const command = [...pnpm(packageManager), 'install', '--frozen-lockfile', '--prefer-offline']
	await runCommand(command, { cwd: checkout, interruption })
}

function pnpm(packageManager = ''): string[] {
	if (!basename(packageManager).startsWith('pnpm')) return ['npx', '--yes', 'pnpm@12']
	return /\.[cm]?js$/.test(packageManager) ? [process.execPath, packageManager] : [packageManager]
}
