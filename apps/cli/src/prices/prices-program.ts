import { type Command, Option } from 'commander'
import { toId, toSku, toSource } from '../command/option-values.ts'
import { catalogOption } from '../command/service-options.ts'
import type { HoldFilter } from './find-holds.ts'
import { toPrice } from './to-price.ts'

type Target = { catalog: string }

/** Adds `mercat prices` and its commands to the program. */
export function addPrices(program: Command, env: NodeJS.ProcessEnv): void {
	const prices = program
		.command('prices')
		.description('decide about prices that are held because they differ too much')
		.addHelpText('after', help)

	prices
		.command('held')
		.description('list the held prices, the oldest first; each line begins with the id of the hold')
		.option('--source <name>', 'only the prices of this source', toSource)
		.option('--sku <sku>', 'only the price of this product', toSku)
		.addOption(catalogOption(env))
		.action(async (options: Target & HoldFilter) => {
			const { runPricesHeld } = await import('./prices-commands.ts')
			await runPricesHeld(options, env)
		})

	for (const [decision, description] of decisions) {
		prices
			.command(decision)
			.description(description)
			.argument('<id...>', 'the ids of the holds, as `mercat prices held` prints them', collectId)
			.addOption(
				new Option('--price <price>', 'only if this is the held price, such as "19.99 EUR"').argParser(toPrice),
			)
			.addOption(catalogOption(env))
			.action(async (ids: string[], options: Target & { price?: ReturnType<typeof toPrice> }) => {
				const { runPricesDecision } = await import('./prices-commands.ts')
				process.exitCode = await runPricesDecision(decision, ids, options, env)
			})
	}
}

const decisions = [
	['approve', 'give products the prices that are held'],
	['reject', 'drop held prices; a source that sends the same price again changes nothing'],
] as const

const help = `
approve and reject print each price before they decide about it. A hold whose price has changed since is left as it is,
and the exit code is 1.

The commands use the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, they sign a token as \`mercat token\` does.`

function collectId(text: string, former: string[] = []): string[] {
	return [...former, toId(text)]
}
