import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { startBreakableProxy } from './breakable-proxy.ts'
import { importPipe } from './interrupted-import.ts'

let folder: string
let catalog: TestCatalog
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-interrupt-'))
	catalog = await startTestCatalog()
})
afterAll(async () => {
	await catalog[Symbol.asyncDispose]()
	rmSync(folder, { recursive: true })
})

async function stored(brand: string): Promise<number> {
	const search = { pageSize: 1, filter: { brands: [brand] } }
	return (await callUnary(catalog.clients.catalog, catalogRpcs.SearchProducts, search, { timeoutMs: 60_000 })).totalSize
}

/** How many rows the command says it has counted. */
function counted(stdout: string): number {
	return Number(/^(\d+) rows: /.exec(stdout)?.[1])
}

test('After Ctrl-C, the import stores the rows that it has read, says how many, and does not wait for more of a pipe', async () => {
	const run = importPipe(folder, 'Endless', catalog.port)
	await eventually(async () => expect(await stored('Endless')).toBeGreaterThan(0))
	run.interrupt()
	expect(await run.ended).toEqual([130, null])
	run.closePipe()
	expect(run.stderr()).toContain('stopping after the rows that were read')
	expect(run.stderr()).toMatch(
		/^mercat: stopped: the counted rows are stored, and the rest of the file is not\. Run again, /m,
	)
	expect(run.stderr()).toContain('sets onHand again, also over sales made meanwhile')
	expect(counted(run.stdout())).toBe(await stored('Endless'))
})

test('A second Ctrl-C ends the import at once, and it says what was stored', async () => {
	await using proxy = await startBreakableProxy(catalog.port, Number.POSITIVE_INFINITY)
	const run = importPipe(folder, 'Halted', proxy.port)
	await eventually(async () => expect(await stored('Halted')).toBeGreaterThan(0))
	proxy.dropAnswers()
	await eventually(
		() => {
			run.interrupt()
			expect(run.hasEnded()).toBe(true)
		},
		{ interval: 50 },
	)
	run.closePipe()
	// A shell tells this end as the exit code 130.
	expect(await run.ended).toEqual([null, 'SIGINT'])
	expect(run.stderr()).toMatch(
		/^mercat: stopped at once: the counted rows are stored, and other rows may be stored too\. Run again, /m,
	)
})

test('An import that was interrupted says so, too, when the catalog fails after that', async () => {
	await using proxy = await startBreakableProxy(catalog.port, Number.POSITIVE_INFINITY)
	const run = importPipe(folder, 'Failing', proxy.port)
	await eventually(async () => expect(await stored('Failing')).toBeGreaterThan(0))
	proxy.dropAnswers()
	run.interrupt()
	await eventually(() => expect(run.stderr()).toContain('stopping'))
	await proxy[Symbol.asyncDispose]()
	expect(await run.ended).toEqual([130, null])
	run.closePipe()
	expect(run.stderr()).toMatch(/^mercat: the catalog at \S+ does not answer: .+; stopped: the counted rows are stored/m)
})
