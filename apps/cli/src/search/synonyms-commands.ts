import { errorDetails } from '@mercat/catalog-api/errors'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { isServiceError } from '../catalog/call-error.ts'
import { openCatalogCalls } from '../catalog/open-catalog-calls.ts'
import { CommandError } from '../command/command-error.ts'
import { readLines } from '../parsing/read-lines.ts'
import { formatSynonymRule, parseSynonymLines } from './synonym-lines.ts'

/** As `HOST:PORT`. */
type Target = { catalog: string }

const usageError = 2
// The catalog takes no larger request.
const mostCharacters = 4_000_000

/**
 * Runs `mercat synonyms import`: the rules of the file replace all rules of the catalog.
 *
 * @throws CommandError that names the first line at fault; nothing has changed then
 */
export async function runSynonymsImport(path: string, { catalog }: Target, env: NodeJS.ProcessEnv): Promise<void> {
	const lines = readLines(path)
	const characters = lines.reduce((sum, line) => sum + line.length, 0)
	if (characters > mostCharacters) throw faultOf(`${path} must have at most 4 MB`)
	const { rules, lineNumbers, fault } = parseSynonymLines(lines)
	if (fault !== undefined) throw faultOf(`${path}, line ${fault.lineNumber}: ${fault.problem}`)
	using calls = openCatalogCalls(catalog, env)
	try {
		const { ruleCount, changed } = await calls.call(catalogRpcs.ImportSynonyms, { rules })
		const counted = ruleCount === 1 ? '1 rule' : `${ruleCount} rules`
		console.log(changed ? `${counted} imported` : `${counted}, which the catalog has already`)
	} catch (error) {
		throw withLine(error, path, lineNumbers)
	}
}

/** Runs `mercat synonyms list`, which prints the rules as a file that `mercat synonyms import` takes. */
export async function runSynonymsList({ catalog }: Target, env: NodeJS.ProcessEnv): Promise<void> {
	using calls = openCatalogCalls(catalog, env)
	for (let pageToken = ''; ; ) {
		const page = await calls.call(catalogRpcs.ListSynonyms, { pageToken })
		for (const rule of page.rules) console.log(formatSynonymRule(rule))
		pageToken = page.nextPageToken
		if (pageToken === '') return
	}
}

/** The catalog names a rule by its index. The user knows the line. */
function withLine(error: unknown, path: string, lineNumbers: readonly number[]): unknown {
	if (!(error instanceof CommandError) || !isServiceError(error.cause)) return error
	const [violation] = errorDetails(error.cause).fieldViolations ?? []
	const [, index, side, word] = /^rules\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?$/.exec(violation?.field ?? '') ?? []
	if (violation === undefined) return error
	if (index === undefined) return faultOf(`${path} ${violation.description.replace('items', 'rules')}`, error)
	const place = word === undefined ? '' : `word ${Number(word) + 1}${side === 'words' ? ' before "=>"' : ''} `
	return faultOf(`${path}, line ${lineNumbers[Number(index)]}: ${place}${violation.description}`, error)
}

function faultOf(text: string, cause?: unknown): CommandError {
	return new CommandError(text, { exitCode: usageError, cause })
}
