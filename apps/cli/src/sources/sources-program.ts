import { type Command, InvalidArgumentError } from 'commander'
import { toSku, toSource } from '../command/option-values.ts'
import { catalogOption } from '../command/service-options.ts'
import type { GiveOptions } from './give-command.ts'
import { type GivenPart, givenParts } from './given-parts.ts'

/** Adds `mercat sources` and its command to the program. */
export function addSources(program: Command, env: NodeJS.ProcessEnv): void {
	program
		.command('sources')
		.description('say which source owns the content, the price and the quantity of products')
		.command('give')
		.description('give products to a source, which alone may change what it owns; the shop itself may change anything')
		.argument('[sku...]', 'the products', collectSku)
		.requiredOption('--to <source>', 'the new owner, or `shop` for the shop itself', toOwner)
		.option('--parts <parts>', `which parts: some of ${givenParts.join(',')} (default: all)`, toParts)
		.option('--file <file>', 'a file with a sku in each line')
		.addOption(catalogOption(env))
		.addHelpText('after', help)
		.action(async (skus: string[] | undefined, options: GiveOptions, self: Command) => {
			if ((skus ?? []).length === 0 && options.file === undefined) self.error('error: a sku or --file is required')
			const { runSourcesGive } = await import('./give-command.ts')
			await runSourcesGive(skus ?? [], options, env)
		})
}

const help =
	'\nThe command uses the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, it signs a token as `mercat token` does.'

function collectSku(text: string, former: string[] = []): string[] {
	return [...former, toSku(text)]
}

function toParts(text: string): GivenPart[] {
	return text.split(',').map((name) => {
		const part = givenParts.find((each) => each === name.trim())
		if (part === undefined) throw new InvalidArgumentError(`It must be some of ${givenParts.join(',')}.`)
		return part
	})
}

function toOwner(text: string): string {
	return text === 'shop' ? text : toSource(text)
}
