import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsBelow, type DocumentCommands, outputPattern, runCommands, startCommands } from './document-commands.ts'
import { findPython } from './find-python.ts'

const [makeCertificates, start, call] = commandsBelow('docs/grpc.md', '## TLS and mTLS') as [
	DocumentCommands,
	DocumentCommands,
	DocumentCommands,
]
const [prepare] = commandsBelow('docs/grpc-callers.md', '## Before the examples') as [DocumentCommands]
const hasCommand = (program: string, args: string[]) => spawnSync(program, args).status === 0

const callers = [
	{ language: 'Python', canRun: findPython()?.program === '/usr/bin/python3' },
	{
		language: 'Go',
		canRun: hasCommand('go', ['version']) && existsSync('/usr/share/gocode/src/google.golang.org/protobuf'),
	},
	{
		language: 'Java',
		canRun: hasCommand('javac', ['--version']) && existsSync('/usr/share/java/netty-tcnative.jar'),
	},
]
// In continuous integration the compilers of Go and Java would take longer than all tests of this folder.
const tested = process.env['CI'] === undefined ? callers : callers.slice(0, 1)

describe('with the commands of docs/grpc.md about TLS', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-documents-'))
	const replacements = { '$PWD/.mercat': folder, '.mercat/': `${folder}/`, '50443': '' }
	const resources = new AsyncDisposableStack()
	resources.defer(() => rmSync(folder, { recursive: true, force: true }))
	let called: string | undefined

	beforeAll(async () => {
		replacements['50443'] = String(await getPort())
		await runCommands([makeCertificates], folder, replacements)
		resources.use(await startCommands(start, folder, replacements, '"msg":"listening"'))
		called = (await runCommands([call], folder, replacements))[0]
	}, 240_000)
	afterAll(() => resources.disposeAsync())

	test('a catalog and its callers trust each other', () => {
		expect(called).toMatch(outputPattern(call.output as string))
	})

	for (const { language, canRun } of tested) {
		if (!canRun)
			console.warn(`the commands of docs/grpc-callers.md for ${language} are left out: no packages of Debian`)
		test.skipIf(!canRun)(
			`the program in ${language} of docs/grpc-callers.md calls the catalog over mTLS`,
			async () => {
				const shown = commandsBelow('docs/grpc-callers.md', `## ${language}`).find(({ output }) => output !== undefined)
				const [, printed] = await runCommands([prepare, shown as DocumentCommands], folder, replacements)
				expect(printed).toMatch(outputPattern(shown?.output as string))
			},
			240_000,
		)
	}
})
