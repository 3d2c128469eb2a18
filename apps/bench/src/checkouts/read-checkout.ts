import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Checkout } from '../running/checkout.ts'

const cliPackage = '@mercat/cli'

/**
 * Finds what is run by the names of the packages: where a commit keeps them is its own business.
 *
 * @param dependent path of a file whose package depends on the command line, as a checkout's root does
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

// Not by `resolve`, which finds no more of a package than it exports, and in NODE_PATH what belongs to another checkout.
function installedPackage(dependent: string, name: string): string {
	let folder = dirname(dependent)
	while (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
		const parent = dirname(folder)
		if (parent === folder) throw new Error(`${name} is not installed for ${dependent}`)
		folder = parent
	}
	return realpathSync(join(folder, 'node_modules', name))
}
