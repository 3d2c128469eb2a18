import { type Command, InvalidArgumentError } from 'commander'
import { toReceiverUrl } from '../command/option-values.ts'

type Orders = { orderDb?: string }

/** Adds `mercat outbox` and its commands to the program. */
export function addOutbox(program: Command, env: NodeJS.ProcessEnv): void {
	const outbox = program
		.command('outbox')
		.description('list the pending and dead messages of the outbox, send them again or elsewhere, or drop them')

	const command = (name: string, description: string): Command =>
		outbox.command(name).description(description).option('--order-db <url>', 'the URL of the order database')
	const idsHelp = 'ids of messages, as `mercat outbox list` prints them'
	const open = () => import('./outbox-command.ts')

	command('list', 'list the pending and dead messages').action(async ({ orderDb }: Orders) => {
		await (await open()).runOutboxList(orderDb, env)
	})
	command('redrive', 'send dead messages again: all of them, or only the given ids')
		.argument('[id...]', idsHelp, toIds)
		.action(async (ids: number[] = [], { orderDb }: Orders) => {
			process.exitCode = await (await open()).runOutboxRedrive(ids, orderDb, env)
		})
	command('drop', 'give up messages to a webhook, such as one that is no longer configured')
		.argument('<id...>', idsHelp, toIds)
		.action(async (ids: number[], { orderDb }: Orders) => {
			process.exitCode = await (await open()).runOutboxDrop(ids, orderDb, env)
		})
	command('redirect', 'send messages to a webhook to another URL')
		.argument('<id...>', idsHelp, toIds)
		.requiredOption('--to <url>', 'where the messages go', toReceiverUrl)
		.action(async (ids: number[], options: Orders & { to: string }) => {
			process.exitCode = await (await open()).runOutboxRedirect(ids, options, env)
		})
}

function toIds(text: string, earlier: number[] = []): number[] {
	if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It must be the id of a message.')
	return [...new Set([...earlier, Number(text)])]
}
