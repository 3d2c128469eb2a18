import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Checkout } from '../running/checkout.ts'

const cliPackage = '@mercat/cli'

/**
 * Finds the services and the command of a checkout by their package names, because their folders differ between
 * commits.
 *
 * @param dependent path of a file in a package that depends on `@mercat/cli`, such as the root `package.json`
 */
export async function readCheckout(name: string, dependent: string): Promise<Checkout> {
	const cli = installedPackage(dependent, cliPackage)
	const manifest = join(cli, 'package.json')
	const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { mercat: string } }
	const { resolve } = createRequire(manifest)
	const urlOf = (module: string) => pathToFileURL(resolve(module)).href
	const { nodeFlags } = (await import(urlOf('@mercat/service/node-flags'))) as Pick<Checkout, 'nodeFlags'>
	return {
		name,
		services: { catalog: urlOf('@mercat/catalog/main'), order: urlOf('@mercat/order/main') },
		command: join(cli, bin.mercat),
		nodeFlags,
	}
}

// `require.resolve` does not fit: it finds only what a package exports, and NODE_PATH may lead it to another checkout.
function installedPackage(dependent: string, name: string): string {
	let folder = dirname(dependent)
	while (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
		const parent = dirname(folder)
		if (parent === folder) throw new Error(`${name} is not installed for ${dependent}`)
		folder = parent
	}
	return realpathSync(join(folder, 'node_modules', name))
}
