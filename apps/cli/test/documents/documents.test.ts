import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyEmptyDatabases, type StartedMercat, startMercat } from '../start/start-mercat.ts'
import { commandsBelow, outputPattern, runCommands } from './document-commands.ts'

describe.each([
	{ path: 'docs/api.md', headings: ['## From search to a paid order', '### A token of your own'] },
	{
		path: 'docs/grpc.md',
		headings: [
			'## A first call',
			'## Reflection and health',
			'## Tokens',
			'## Request ids',
			'## The ledger of stock',
			'## Reservations',
			'## Feeds and held prices',
			'## Pages',
			'## Errors',
		],
	},
])('the commands of $path', ({ path, headings }) => {
	const blocks = headings.flatMap((heading) => commandsBelow(path, heading))
	const folder = mkdtempSync(join(tmpdir(), 'mercat-documents-'))
	let started: StartedMercat
	let addresses: { [documented: string]: string }

	beforeAll(async () => {
		copyEmptyDatabases(join(folder, 'data'))
		started = startMercat(join(folder, 'data'))
		const { stdout } = await started.up()
		const addressOf = (name: string) => new RegExp(`^${name} +(?:http://)?(\\S+)`, 'm').exec(stdout)?.[1] ?? ''
		addresses = { '127.0.0.1:8080': addressOf('REST'), '127.0.0.1:50051': addressOf('gRPC') }
		Object.assign(addresses, { 'error.json': join(folder, 'error.json') })
	})

	afterAll(async () => {
		started.signalGroup('SIGTERM')
		await started.ended
		rmSync(folder, { recursive: true, force: true })
	})

	test('are shown with their output, at least six times', () => {
		expect(blocks.filter(({ output }) => output !== undefined).length).toBeGreaterThanOrEqual(6)
	})

	test('print the output that the document shows, when they run one after another', async () => {
		const outputs = await runCommands(blocks, folder, addresses)
		for (const [index, { output }] of blocks.entries()) {
			if (output !== undefined) expect(outputs[index]).toMatch(outputPattern(output))
		}
	}, 240_000)
})

test('the pattern of an output admits other ids and times, and no other text', () => {
	const id = '8f9327af-a615-50c9-b8a4-1e836388d3c5'
	const pattern = outputPattern(`{"id":"${id}","status":"paid","items":[…],"placedAt":"2026-11-29T06:16:36.526Z"}\n`)
	const other = id.replaceAll('8', '9')
	const printed = `{"id":"${other}","status":"paid","items":[1],"placedAt":"2027-01-01T00:00:00.000Z"}`
	expect(printed).toMatch(pattern)
	expect(printed.replace('paid', 'placed')).not.toMatch(pattern)
})
