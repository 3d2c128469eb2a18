import { Command, InvalidArgumentError, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import type { AuditTargets } from './audit/audit-command.ts'
import { addBackup } from './backup/backup-program.ts'
import { lifetimeRule, parseLifetimeMs } from './command/lifetime.ts'
import { toId } from './command/option-values.ts'
import { catalogOption, marketOption, ordersOption } from './command/service-options.ts'
import { readSigningKey } from './command/signing-key.ts'
import { faultOfScopes, scopesHelp } from './command/token-scopes.ts'
import type { DoctorTargets } from './doctor/doctor-command.ts'
import { addExport } from './export/export-program.ts'
import { addFeeds } from './feeds/feeds-program.ts'
import { addImport } from './import/import-program.ts'
import { addDemoLoad } from './load/load-program.ts'
import { addMarket } from './market/market-program.ts'
import type { OrderShowTargets } from './orders/order-show-command.ts'
import { addOutbox } from './outbox/outbox-program.ts'
import { addPrices } from './prices/prices-program.ts'
import { addRestore } from './restore/restore-program.ts'
import { addSearch } from './search/search-program.ts'
import { addSources } from './sources/sources-program.ts'
import type { StartOptions } from './start/start.ts'
import { addWebhooks } from './webhooks/webhooks-program.ts'

type TokenOptions = { sub: string; scope: string; ttl: number; force?: boolean }

/**
 * The commands of `mercat`. Each command's modules are loaded when it runs, so that every command starts fast. A usage
 * error writes the error and a hint to stderr and throws a `CommanderError`.
 */
export function createProgram(env: NodeJS.ProcessEnv): Command {
	const program = new Command('mercat')
		.description('A product catalog over gRPC and orders over REST.')
		.version(packageJson.version)
		.exitOverride()

	program
		.command('start')
		.description('start the catalog, the order service and the market on embedded databases, with a demo catalog')
		.option('--no-demo', 'load no demo catalog, for products of your own')
		.addHelpText('after', startVariables)
		.action(async (options: StartOptions) => {
			const { runStart } = await import('./start/start.ts')
			await runStart(options, env)
			// An import of the demo catalog may still be running; the command does not wait for it.
			process.exit()
		})

	program
		.command('token')
		.description('print a token that JWT_SECRET signs, or the development secret if JWT_SECRET is not set')
		.requiredOption('--sub <customer>', 'the customer of the token: 1 to 128 of the characters from ! to ~', toSubject)
		.option('--scope <scopes>', 'the scopes of the token, separated by spaces', 'orders:read orders:write')
		.addOption(
			new Option('--ttl <time>', 'how long the token is valid, such as 30s, 15m, 1h or 7d')
				.argParser(toLifetimeMs)
				.default(3_600_000, '1h'),
		)
		.option('--force', 'sign scopes that no service checks, too')
		.addHelpText('after', scopesHelp)
		.action(async ({ sub, scope, ttl, force }: TokenOptions, self: Command) => {
			const fault = force ? undefined : faultOfScopes(scope)
			if (fault !== undefined) self.error(`error: ${fault}`)
			const { signToken } = await import('@mercat/service/tokens')
			console.log(signToken(readSigningKey(env), { subject: sub, scope, lifetimeMs: ttl }))
		})

	addImport(program, env)
	addExport(program, env)

	program
		.command('audit')
		.description('check the invariants of the databases, by default of the embedded ones in DATA_DIR')
		.option('--catalog-db <url>', 'the URL of the catalog database')
		.option('--order-db <url>', 'the URL of the order database')
		.option('--market-db <url>', 'the URL of the database of the market, whose invariants are checked only with it')
		.action(async (targets: AuditTargets) => {
			const { runAudit } = await import('./audit/audit-command.ts')
			process.exitCode = await runAudit(targets, env)
		})

	addBackup(program, env)
	addRestore(program, env)

	program
		.command('doctor')
		.description('check configuration, databases, versions, clocks and services, and say what is wrong and what to do')
		.option('--catalog-db <url>', 'the URL of the catalog database, if it is not the embedded one in DATA_DIR')
		.option('--order-db <url>', 'the URL of the order database, if it is not the embedded one in DATA_DIR')
		.option('--market-db <url>', 'the URL of the market database, if it is not the embedded one in DATA_DIR')
		.addOption(catalogOption(env))
		.addOption(ordersOption(env))
		.addOption(marketOption(env))
		.action(async (targets: DoctorTargets) => {
			const { runDoctor } = await import('./doctor/doctor-command.ts')
			process.exitCode = await runDoctor(targets, env)
		})

	program
		.command('order')
		.description('look at one order')
		.command('show')
		.description('print all that both databases have about an order, by default the embedded databases in DATA_DIR')
		.argument('<id>', 'the id of the order', toId)
		.option('--catalog-db <url>', 'the URL of the catalog database')
		.option('--order-db <url>', 'the URL of the order database')
		.action(async (id: string, targets: OrderShowTargets) => {
			const { runOrderShow } = await import('./orders/order-show-command.ts')
			await runOrderShow(id, targets, env)
		})

	addFeeds(program, env)
	addPrices(program, env)
	addSources(program, env)
	addSearch(program, env)
	addOutbox(program, env)
	addWebhooks(program, env)
	addDemoLoad(program, env)
	addMarket(program)
	hintAfterErrors(program, '')
	return program
}

/** After a usage error, each command shows its usage and where its help is, and not the whole help. */
function hintAfterErrors(command: Command, parent: string): void {
	const name = `${parent}${command.name()}`
	command.showHelpAfterError(`Usage: ${name} ${command.usage()}\nHelp: npx --yes pnpm@12 ${name} --help`)
	for (const each of command.commands) hintAfterErrors(each, `${name} `)
}

const startVariables = `
Environment:
  DATA_DIR          the folder of the embedded databases (default: .mercat)
  CATALOG_PORT      the port of the catalog, or 0 for any free port (default: 50051)
  ORDER_PORT        the port of the order service, or 0 for any free port (default: 8080)
  MARKET            false leaves out the market service (default: true)
  MARKET_PORT       the port of the market, or 0 for any free port (default: 8090)
  MARKET_GRPC_PORT  the port of the market for gRPC, or 0 for any free port (default: 50052)
  MARKET_SOURCES    the file with the sources of live prices (default: none)
  METRICS_PORT      the port of /metrics of the order service; the catalog and the market take the next two
                    (default: none)
  JWT_SECRET        the secret that signs tokens (default: the development secret)`

function toSubject(text: string): string {
	if (!/^[\x21-\x7e]{1,128}$/.test(text))
		throw new InvalidArgumentError('It must have 1 to 128 of the characters from ! to ~.')
	return text
}

function toLifetimeMs(text: string): number {
	const lifetimeMs = parseLifetimeMs(text)
	if (lifetimeMs === undefined) throw new InvalidArgumentError(lifetimeRule)
	return lifetimeMs
}
