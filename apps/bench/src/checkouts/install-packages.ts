import { basename } from 'node:path'
import { runCommand } from './run-command.ts'

/**
 * Installs the packages of a checkout as its lockfile has them.
 *
 * @param packageManager path of the package manager that started the bench, if there is one
 * @param interruption rejects when the run is interrupted
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
