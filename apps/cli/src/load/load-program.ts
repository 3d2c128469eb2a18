import { type Command, InvalidArgumentError, Option } from 'commander'
import { lifetimeRule, parseLifetimeMs } from '../command/lifetime.ts'
import { ordersOption } from '../command/service-options.ts'

type Options = { rate: number; for?: number; orders: string }

const mostPerSecond = 10_000

/** Adds `mercat demo-load` to the program. */
export function addDemoLoad(program: Command, env: NodeJS.ProcessEnv): void {
	program
		.command('demo-load')
		.description(
			'place orders at a steady rate, and pay, cancel, ship and deliver them, so that there is something to see',
		)
		.addOption(new Option('--rate <n>', 'orders a second, 1 to 10000').argParser(toRate).makeOptionMandatory())
		.addOption(new Option('--for <time>', 'for how long, such as 30s or 1m (default: until Ctrl-C)').argParser(toMs))
		.addOption(ordersOption(env))
		.addHelpText('after', help)
		.action(async ({ rate, for: forMs, orders }: Options) => {
			const { runDemoLoad } = await import('./demo-load-command.ts')
			process.exitCode = await runDemoLoad({ rate, forMs, orders }, env)
		})
}

const help = `
Of a hundred orders some ten are refused on purpose: sold out, unknown product, changed price, used key. Six of the
others stay unpaid and expire. A product that runs low gets more stock, if the token may change stock. Use this command
with a shop for trying out, never with a real one.

The command signs tokens for many customers as \`mercat token\` does. With MERCAT_TOKEN it uses that token alone: then the
limits of one customer apply to all orders.

The exit code is 1 if no order was placed by the end. After Ctrl-C it is 0.`

function toRate(text: string): number {
	const rate = Number(text)
	if (!/^[1-9]\d*$/.test(text) || rate > mostPerSecond)
		throw new InvalidArgumentError('It must be a whole number from 1 to 10000.')
	return rate
}

function toMs(text: string): number {
	const ms = parseLifetimeMs(text)
	if (ms === undefined) throw new InvalidArgumentError(lifetimeRule)
	return ms
}
