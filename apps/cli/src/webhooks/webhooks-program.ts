import { type Command, InvalidArgumentError, Option } from 'commander'
import { toHttpUrl, toId } from '../command/option-values.ts'
import { ordersOption } from '../command/service-options.ts'
import type { DeliveriesQuery } from './webhooks-commands.ts'

type Orders = { orders: string }
type Change = { url?: string; types?: string[]; description?: string }

/** Adds `mercat webhooks` and its commands to the program. */
export function addWebhooks(program: Command, env: NodeJS.ProcessEnv): void {
	const webhooks = program
		.command('webhooks')
		.description('manage the webhooks that receive the events of orders')
		.addHelpText(
			'after',
			'\nThe commands use the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, they sign a token as `mercat token` does.',
		)

	const command = (nameAndArguments: string, description: string): Command =>
		webhooks.command(nameAndArguments).description(description).addOption(ordersOption(env))
	const withId = (name: string, description: string): Command =>
		command(name, description).argument('<id>', 'the id of the webhook, as `mercat webhooks list` prints it', toId)
	const open = async ({ orders }: Orders) => {
		const { createWebhooksCommands } = await import('./webhooks-commands.ts')
		return createWebhooksCommands(orders, env)
	}

	command('list', 'list the webhooks').action(async (options: Orders) => (await open(options)).list())

	command('create', 'create a webhook and print the secret that signs its events, which is shown only now')
		.argument('<url>', 'where the events go', toHttpUrl)
		.addOption(typesOption())
		.option('--description <text>', 'a text for people')
		.action(async (url: string, { orders, ...webhook }: Orders & Change) =>
			(await open({ orders })).create({ ...webhook, url }),
		)

	withId(
		'change',
		'change a webhook; with --url, one that is no longer in WEBHOOK_URLS goes on, and its secret is printed',
	)
		.option('--url <url>', 'where the events go', toHttpUrl)
		.addOption(typesOption())
		.option('--description <text>', 'a text for people')
		.action(async (id: string, { orders, ...change }: Orders & Change, self: Command) => {
			if (Object.keys(change).length === 0) self.error('error: one of --url, --types and --description is required')
			await (await open({ orders })).change(id, change)
		})

	withId('pause', 'stop the deliveries of a webhook; its events wait in the log').action(
		async (id: string, options: Orders) => (await open(options)).change(id, { state: 'paused' }),
	)
	withId('resume', 'deliver the events of a paused webhook again, from where it was paused').action(
		async (id: string, options: Orders) => (await open(options)).change(id, { state: 'active' }),
	)
	withId('delete', 'delete a webhook and its deliveries').action(async (id: string, options: Orders) =>
		(await open(options)).delete(id),
	)
	withId('rotate', 'give a webhook a new secret and print it; the old one also signs for a day').action(
		async (id: string, options: Orders) => (await open(options)).rotate(id),
	)
	withId('test', 'send a test event to a webhook; the exit code is 1 if it is not delivered').action(
		async (id: string, options: Orders) => {
			process.exitCode = await (await open(options)).test(id)
		},
	)
	withId('replay', 'deliver all events after a position again')
		.requiredOption('--after <position>', 'a position in the log of events; 0 is the beginning', toPosition)
		.action(async (id: string, { after, ...options }: Orders & { after: string }) =>
			(await open(options)).replay(id, after),
		)
	withId('deliveries', 'list the deliveries of a webhook, the newest event first')
		.addOption(new Option('--state <state>', 'only these').choices(['pending', 'delivered', 'dead']))
		.option('--limit <n>', 'how many', toLimit, 100)
		.action(async (id: string, { orders, ...query }: Orders & DeliveriesQuery) =>
			(await open({ orders })).deliveries(id, query),
		)
	withId('redeliver', 'deliver one event again')
		.argument('<delivery>', 'the id of the delivery, as `mercat webhooks deliveries` prints it', toPosition)
		.action(async (id: string, delivery: string, options: Orders) => (await open(options)).redeliver(id, delivery))
}

function typesOption(): Option {
	return new Option(
		'--types <types>',
		'the types of events, such as mercat.order.paid.v1,mercat.order.shipped.v1, or *',
	).argParser((text) => text.split(','))
}

function toPosition(text: string): string {
	if (!/^(0|[1-9]\d{0,15})$/.test(text)) throw new InvalidArgumentError('It must be a position: a whole number.')
	return text
}

function toLimit(text: string): number {
	if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
	return Number(text)
}
