import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyEmptyDatabases, type StartedMercat, startMercat } from '../start/start-mercat.ts'
import { findPython, pythonLack } from './find-python.ts'

const python = findPython()
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
	copyEmptyDatabases(join(folder, 'data'))
	started = startMercat(join(folder, 'data'))
	address = /^gRPC +(\S+)/m.exec((await started.up()).stdout)?.[1] ?? ''
	token = (await runMercat(['token', '--sub', 'warehouse', '--scope', 'catalog:write stock:reserve'])).stdout.trim()
})

afterAll(async () => {
	started.signalGroup('SIGTERM')
	await started.ended
	rmSync(folder, { recursive: true, force: true })
})

function run(
	program: string,
	args: string[],
	env: { MERCAT_TOKEN?: string } = { MERCAT_TOKEN: token },
): Promise<string> {
	const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env } }
	return new Promise((resolve, reject) => {
		execFile(program, args, options, (error, stdout) => (error === null ? resolve(stdout) : reject(error)))
	})
}

const fault = 'sku must have 1 to 64 of A-Z a-z 0-9 . _ -'
const errors = `NOT_FOUND PRODUCT_NOT_FOUND\nINVALID_ARGUMENT INVALID_REQUEST\n  ${fault}\n`

describe('the example in Node', () => {
	const found = 'Stoneware mug, 350 ml 1290 EUR\n'
	const withoutToken = 'set MERCAT_TOKEN to change stock\n'

	test('looks a product up, changes its stock once and reads the reasons of errors', async () => {
		const printed = `${found}on hand 262\n${errors}`
		expect(await run(process.execPath, ['call-catalog.mjs', address])).toBe(printed)
		expect(await run(process.execPath, ['call-catalog.mjs', address])).toBe(printed)
	})

	test('does its reads without a token', async () => {
		const printed = `${found}${withoutToken}${errors}`
		expect(await run(process.execPath, ['call-catalog.mjs', address], {})).toBe(printed)
	})

	test('says how it is called when the address is missing', async () => {
		await expect(run(process.execPath, ['call-catalog.mjs'])).rejects.toThrow('usage: call-catalog.mjs HOST:PORT')
	})
})

describe.skipIf(python === undefined)(
	`the example in Python${python === undefined ? ` (left out: ${pythonLack})` : ''}`,
	() => {
		const found = 'Stoneware mug, 350 ml 1290 EUR\nfound 3\n'
		const failed = python?.hasReasons ? errors : `NOT_FOUND no such product\nINVALID_ARGUMENT ${fault}\n`
		const call = (args: string[], env?: { MERCAT_TOKEN?: string }) =>
			run(python?.program ?? '', ['call_catalog.py', ...args], env)

		beforeAll(async () => {
			const files = globSync('proto/mercat/catalog/v1/*.proto', { cwd: folder })
			const [program = '', ...args] = python?.generator ?? []
			await run(program, [...args, '-I', 'proto', '--python_out=.', '--grpc_python_out=.', ...files])
		})

		test('does the same, reads all pages of a search, and reserves stock', async () => {
			expect(await call([address])).toBe(`${found}on hand 262\nreserved 2580 EUR\n${failed}`)
		})

		test('does its reads without a token', async () => {
			expect(await call([address], {})).toBe(`${found}set MERCAT_TOKEN to change and to reserve stock\n${failed}`)
		})

		test('says how it is called when the address is missing', async () => {
			await expect(call([])).rejects.toThrow('usage: call_catalog.py HOST:PORT')
		})
	},
)
