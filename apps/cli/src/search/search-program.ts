import type { Command } from 'commander'
import { catalogOption } from '../command/service-options.ts'

type Target = { catalog: string }

/** Adds `mercat synonyms` and `mercat reindex` to the program. */
export function addSearch(program: Command, env: NodeJS.ProcessEnv): void {
	const synonyms = program
		.command('synonyms')
		.description('say which words mean the same in a search')
		.addHelpText('after', synonymsHelp)

	synonyms
		.command('import')
		.description('replace all rules by the rules of a file')
		.argument('<file>', 'a text file with one rule in each line')
		.addOption(catalogOption(env))
		.addHelpText('after', synonymsHelp)
		.action(async (path: string, options: Target) => {
			const { runSynonymsImport } = await import('./synonyms-commands.ts')
			await runSynonymsImport(path, options, env)
		})

	synonyms
		.command('list')
		.description('print all rules, as a file for `mercat synonyms import`')
		.addOption(catalogOption(env))
		.action(async (options: Target) => {
			const { runSynonymsList } = await import('./synonyms-commands.ts')
			await runSynonymsList(options, env)
		})

	program
		.command('reindex')
		.description('have the catalog index all products anew, while it answers searches')
		.addOption(catalogOption(env))
		.addHelpText('after', reindexHelp)
		.action(async (options: Target) => {
			const { runReindex } = await import('./reindex-command.ts')
			process.exitCode = await runReindex(options, env)
		})
}

const tokenHelp =
	'The command uses the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, it signs a token as `mercat token` does.'

const synonymsHelp = `
A file has one rule in each line, at most 10,000 rules, and at most 20 words in a rule:

  couch, sofa, settee            # all mean the same
  tv => television, telly        # a search for tv finds these, too, but not the other way round
  dining table, kitchen table    # a word may be up to five words

${tokenHelp}`

const reindexHelp = `
The catalog indexes by itself what was written, and what a new version reads in another way. The command is for an index
that mercat audit finds at fault. It ends when all products are indexed. Ctrl-C ends only the command: the catalog goes on.

${tokenHelp}`
