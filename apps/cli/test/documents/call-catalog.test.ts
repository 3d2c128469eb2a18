import { execFile, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StartedMercat, startMercat } from '../start/start-mercat.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
// A folder as a caller would have it: the contract and the examples, with the libraries installed.
const folder = mkdtempSync(join(tmpdir(), 'mercat-callers-'))
let started: StartedMercat
let address: string
let token: string

beforeAll(async () => {
	cpSync(join(root, 'proto'), join(folder, 'proto'), { recursive: true })
	cpSync(join(root, 'examples'), folder, { recursive: true })
	symlinkSync(join(root, 'packages/catalog-api/node_modules'), join(folder, 'node_modules'))
	started = startMercat(join(folder, 'data'))
	address = /^gRPC +(\S+)/m.exec((await started.up()).stdout)?.[1] ?? ''
	token = (await runMercat(['token', '--sub', 'warehouse', '--scope', 'catalog:write'])).stdout.trim()
})

afterAll(async () => {
	started.signalGroup('SIGTERM')
	await started.ended
	rmSync(folder, { recursive: true, force: true })
})

function run(program: string, args: string[]): Promise<string> {
	const env = { PATH: process.env['PATH'], MERCAT_TOKEN: token }
	return new Promise((resolve, reject) => {
		execFile(program, args, { cwd: folder, env }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)))
	})
}

test('the example in Node looks a product up, changes its stock once and reads the reason of an error', async () => {
	const printed = 'Stoneware mug, 350 ml 1290 EUR\non hand 262\nNOT_FOUND PRODUCT_NOT_FOUND\n'
	expect(await run(process.execPath, ['call-catalog.mjs', address])).toBe(printed)
	expect(await run(process.execPath, ['call-catalog.mjs', address])).toBe(printed)
})

const hasGrpc = spawnSync('python3', ['-c', 'import grpc, grpc_tools.protoc, google.rpc.status_pb2']).status === 0

// Continuous integration installs no grpcio, so the test is not there.
const isCi = process.env['CI'] !== undefined
if (hasGrpc || !isCi) {
	const title = 'the example in Python does the same, and reads all pages of a search'
	test.skipIf(!hasGrpc)(hasGrpc ? title : `${title} (skipped: python3 has no grpcio)`, async () => {
		const files = ['catalog_service', 'inventory_service', 'product'].map(
			(name) => `proto/mercat/catalog/v1/${name}.proto`,
		)
		const generate = ['-m', 'grpc_tools.protoc', '-I', 'proto', '--python_out=.', '--grpc_python_out=.', ...files]
		await run('python3', generate)
		expect(await run('python3', ['call_catalog.py', address])).toBe(
			'Stoneware mug, 350 ml 1290 EUR\nfound 3\non hand 262\nNOT_FOUND PRODUCT_NOT_FOUND\n',
		)
	})
}
