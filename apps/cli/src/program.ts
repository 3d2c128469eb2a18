import { Command, InvalidArgumentError, Option } from 'commander'
import type { AuditTargets } from './audit/audit-command.ts'
import { parseLifetimeMs } from './command/lifetime.ts'
import { readSigningKey } from './command/signing-key.ts'
import type { ImportOptions } from './import/import-command.ts'

/**
 * The commands of `mercat`, each loaded when it is run: what it takes to start is what someone waits for. A
 * wrong one throws a `CommanderError` after its usage was written to stderr.
 */
export function createProgram(env: NodeJS.ProcessEnv): Command {
	const program = new Command('mercat')
		.description('A product catalog over gRPC and orders over REST.')
		.showHelpAfterError()
		.exitOverride()

	program
		.command('start')
		.description('start the catalog and the order service on the embedded database, with a demo catalog')
		.addHelpText('after', startVariables)
		.action(async () => {
			const { runStart } = await import('./start/start.ts')
			await runStart(env)
			// A demo catalog that was being loaded when the signal came is not waited for.
			process.exit()
		})

	program
		.command('token')
		.description('print a token signed with JWT_SECRET, or else with the development secret')
		.requiredOption('--sub <customer>', 'the customer: 1 to 128 of the characters from ! to ~', toSubject)
		.option('--scope <scopes>', 'what it permits, separated by spaces', 'orders:read orders:write')
		.addOption(
			new Option('--ttl <time>', 'how long it is valid, such as 30s, 15m, 1h or 7d')
				.argParser(toLifetimeMs)
				.default(3_600_000, '1h'),
		)
		.action(async ({ sub, scope, ttl }: { sub: string; scope: string; ttl: number }) => {
			const { signToken } = await import('@mercat/service/tokens')
			console.log(signToken(readSigningKey(env), { subject: sub, scope, lifetimeMs: ttl }))
		})

	program
		.command('import')
		.description('create or update the products of a file: .ndjson, .json or .csv')
		.argument('<file>')
		.option('--catalog <host:port>', "the catalog's address", toAddress, `127.0.0.1:${env['CATALOG_PORT'] || 50_051}`)
		.addHelpText('after', '\nSigns in with MERCAT_TOKEN, or else with a token as `mercat token` makes it.')
		.option('--if-empty', 'only into a catalog without products')
		.action(async (file: string, options: ImportOptions) => {
			const { runImport } = await import('./import/import-command.ts')
			process.exitCode = await runImport(file, options, env)
		})

	program
		.command('audit')
		.description('check the invariants of both databases; by default the embedded ones in DATA_DIR')
		.option('--catalog-db <url>', "the catalog's database")
		.option('--order-db <url>', "the order service's database")
		.action(async (targets: AuditTargets) => {
			const { runAudit } = await import('./audit/audit-command.ts')
			process.exitCode = await runAudit(targets, env)
		})

	const outbox = program.command('outbox').description('what the order service still has to tell others')
	outbox
		.command('list')
		.description('list the messages that are pending or dead')
		.option('--order-db <url>', "the order service's database")
		.action(async ({ orderDb }: { orderDb?: string }) => {
			const { runOutboxList } = await import('./outbox/outbox-command.ts')
			await runOutboxList(orderDb, env)
		})
	outbox
		.command('redrive')
		.description('have dead messages sent again: all, or those with the given ids')
		.argument('[id...]', 'the numbers that `list` shows', toIds)
		.option('--order-db <url>', "the order service's database")
		.action(async (ids: number[] = [], { orderDb }: { orderDb?: string }) => {
			const { runOutboxRedrive } = await import('./outbox/outbox-command.ts')
			await runOutboxRedrive(ids, orderDb, env)
		})

	return program
}

const startVariables = `
Environment:
  DATA_DIR      where the embedded databases live (default: .mercat)
  CATALOG_PORT  the catalog's port, 0 for any that is free (default: 50051)
  ORDER_PORT    the order service's port, 0 for any that is free (default: 8080)
  JWT_SECRET    what signs tokens (default: the development secret)`

function toSubject(text: string): string {
	if (!/^[\x21-\x7e]{1,128}$/.test(text)) throw new InvalidArgumentError('')
	return text
}

function toLifetimeMs(text: string): number {
	const lifetimeMs = parseLifetimeMs(text)
	if (lifetimeMs === undefined) throw new InvalidArgumentError('')
	return lifetimeMs
}

function toAddress(text: string): string {
	if (!/^\S+:\d{1,5}$/.test(text)) throw new InvalidArgumentError('')
	return text
}

function toIds(text: string, earlier: number[] = []): number[] {
	if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('')
	return [...earlier, Number(text)]
}
