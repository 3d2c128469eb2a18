import { connectToCatalog } from '../catalog/catalog-connection.ts'
import { hasProducts } from '../catalog/has-products.ts'
import { CommandError } from '../command/command-error.ts'
import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { isSameFile } from '../output/replaced-file.ts'
import { visibleText } from '../output/visible-text.ts'
import { endInterrupted, onStopSignal } from '../signals/stop-signal.ts'
import { describeFile, describeUpsert } from './describe-upsert.ts'
import { countRows, describeCounts } from './import-counts.ts'
import type { ImportOptions } from './import-options.ts'
import { type ImportResult, importProducts } from './import-products.ts'
import { openImportReport } from './import-report.ts'

const shownProducts = 10
const servingMs = 2_000

/**
 * Runs `mercat import`, which prints the counts of imported rows to stdout.
 *
 * @returns the exit code
 * @throws CommandError when the import stopped before the end of the file
 */
export async function runImport(
	path: string,
	{ catalog: address, ifEmpty = false, dryRun = false, report: reportPath, ...options }: ImportOptions,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	if (reportPath !== undefined && isSameFile(path, reportPath))
		throw new CommandError('--report must name another file than the one to import', { exitCode: 2 })
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env), 'catalog:write')
	const connection = connectToCatalog(address, env)
	try {
		if (ifEmpty && (await hasProducts(connection))) {
			console.log('the catalog has products already: nothing was imported')
			return 0
		}
		const checkOnly = dryRun && !(await connection.isServing(servingMs))
		if (checkOnly) console.error(`the catalog at ${address} does not answer: only the file is checked`)
		using report = reportPath === undefined ? undefined : openImportReport(reportPath, path)
		const [stop, halt] = [new AbortController(), new AbortController()]
		onStopSignal({ first: () => stop.abort(), again: () => halt.abort() })
		const result = await importProducts(connection, nextToken, path, {
			...options,
			...(dryRun ? { validateOnly: true, samples: shownProducts } : {}),
			checkOnly,
			onRow: report?.add,
			stop: stop.signal,
			halt: halt.signal,
		})
		const { counts, stopped } = result
		report?.end(result, { isChecked: checkOnly })
		const isMapped = options.map !== undefined && options.format === undefined
		if (dryRun) printDryRun(result, { checkOnly, isMapped })
		else if (stopped === undefined || countRows(counts) > 0) console.log(describeCounts(counts))
		if (halt.signal.aborted && stopped !== undefined) {
			console.error(`mercat: ${visibleText(stopped.message)}`)
			await endInterrupted()
		}
		if (stopped !== undefined) throw stopped
		return counts.failed + counts.held === 0 ? 0 : 1
	} finally {
		connection.close()
	}
}

function printDryRun(
	{ facts, samples, counts, records, stopped }: ImportResult,
	{ checkOnly, isMapped }: { checkOnly: boolean; isMapped: boolean },
): void {
	if (facts !== undefined) console.log(describeFile(facts, { isMapped }))
	for (const upsert of samples) console.log(describeUpsert(upsert, facts?.lineName).map(visibleText).join('\n'))
	if (stopped !== undefined && records === 0) return
	// Without a catalog, nobody knows what would become of the rows that can be read.
	const rows = `${records} ${records === 1 ? 'row was' : 'rows were'} read`
	const outcome = checkOnly ? `${rows}, ${counts.failed} failed` : describeCounts(counts)
	console.log(`dry run, nothing was changed: ${outcome}`)
}
