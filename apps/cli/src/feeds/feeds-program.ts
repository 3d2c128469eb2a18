import { type Command, InvalidArgumentError, Option } from 'commander'
import { lifetimeRule, parseLifetimeMs } from '../command/lifetime.ts'
import { catalogOption } from '../command/service-options.ts'
import type { SyncOptions } from './sync-command.ts'

type Given = Omit<SyncOptions, 'everyMs'> & { every?: number }

/** Adds `mercat feeds` and its command to the program. */
export function addFeeds(program: Command, env: NodeJS.ProcessEnv): void {
	program
		.command('feeds')
		.description('take the products of suppliers from their feeds')
		.command('sync')
		.description('fetch, check and apply all feeds of a settings file, each by itself')
		.argument('<file>', 'the settings of the feeds, such as feeds.json')
		.option('--only <name>', 'only this feed; more than once for several', collect, [])
		.option('--dry-run', 'read the feeds and say what would change', false)
		.addOption(
			new Option('--concurrency <number>', 'how many feeds are parsed and written at a time')
				.argParser(toConcurrency)
				.default(8),
		)
		.option('--report <file>', 'write the report to this .json or .csv file', toReportFile)
		.option('--every <time>', 'repeat each feed on its own clock, such as every 15m', toIntervalMs)
		.addOption(catalogOption(env))
		.addHelpText('after', help)
		.action(async (file: string, { every, ...options }: Given) => {
			const { runFeedsSync } = await import('./sync-command.ts')
			const repeated = every === undefined ? options : { ...options, everyMs: every }
			process.exitCode = await runFeedsSync(file, repeated, env)
		})
}

const help = `
The exit code is 0 when each source synced or was unchanged, 1 when one did not, or has held or rejected rows, and 2 for
wrong usage. docs/feeds.md tells more.

The command uses the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, it signs a token as \`mercat token\` does.`

function collect(value: string, former: string[]): string[] {
	return [...former, value]
}

function toConcurrency(text: string): number {
	const number = /^\d+$/.test(text) ? Number(text) : 0
	if (number < 1 || number > 16) throw new InvalidArgumentError('It must be a whole number from 1 to 16.')
	return number
}

function toReportFile(text: string): string {
	if (!/\.(?:json|csv)$/i.test(text)) throw new InvalidArgumentError('It must end in .json or .csv.')
	return text
}

function toIntervalMs(text: string): number {
	const intervalMs = parseLifetimeMs(text)
	if (intervalMs === undefined) throw new InvalidArgumentError(lifetimeRule)
	return intervalMs
}
