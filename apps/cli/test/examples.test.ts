import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startExampleReceiver } from './example-receiver.ts'
import { copyEmptyDatabases, type StartedMercat, startMercat } from './start/start-mercat.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercat-examples-'))
let started: StartedMercat
let variables: { [name: string]: string }

beforeAll(async () => {
	copyEmptyDatabases(join(folder, 'data'))
	started = startMercat(join(folder, 'data'))
	const { stdout } = await started.up()
	const token = (await runMercat(['token', '--sub', 'alice'])).stdout.trim()
	variables = { MERCAT_URL: /^REST +(\S+)/m.exec(stdout)?.[1] ?? '', MERCAT_TOKEN: token }
})

afterAll(async () => {
	started.signalGroup('SIGTERM')
	await started.ended
	rmSync(folder, { recursive: true, force: true })
})

function runExample(
	name: string,
	args: string[],
	others: { [name: string]: string } = {},
): Promise<{ failed: boolean; stdout: string; stderr: string }> {
	const program = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url))
	return new Promise((resolve) => {
		execFile(process.execPath, [program, ...args], { env: { ...variables, ...others } }, (error, stdout, stderr) => {
			resolve({ failed: error !== null, stdout, stderr })
		})
	})
}

test('the example of an order places it and prints its total', async () => {
	const { failed, stdout } = await runExample('place-order.ts', ['MUG-STONE-350', '2'])
	expect(stdout).toMatch(/^placed [0-9a-f-]{36}: 2580 EUR in minor units\n$/)
	expect(failed).toBe(false)
})

test('the example of an order prints the code of a refusal', async () => {
	const { failed, stderr } = await runExample('place-order.ts', ['NO-SUCH-SKU'])
	expect(stderr).toMatch(/^refused: UNKNOWN_PRODUCT\. /)
	expect(failed).toBe(true)
})

test('the example of an order prints each place at fault', async () => {
	const { failed, stderr } = await runExample('place-order.ts', ['MUG-STONE-350', '0'])
	expect(stderr).toMatch(/^refused: INVALID_REQUEST\. .+\n {2}#\/items\/0\/quantity must be >= 1\n$/)
	expect(failed).toBe(true)
})

test('the example of an order tries again after 408, 429, 5xx and no answer, with one key and longer waits', async () => {
	const keys = new Set<unknown>()
	const answers = [408, 429, 503, undefined, 201]
	const server = createServer((request, response) => {
		keys.add(request.headers['idempotency-key'])
		const status = answers.shift()
		if (status === undefined) response.destroy()
		else response.writeHead(status, status === 429 ? { 'retry-after': '2' } : {}).end(placed)
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	const { port } = server.address() as AddressInfo
	const { failed, stdout, stderr } = await runExample('place-order.ts', [], { MERCAT_URL: `http://127.0.0.1:${port}` })
	server.close()
	expect([failed, stdout]).toEqual([false, 'placed order-1: 1290 EUR in minor units\n'])
	expect(keys.size).toBe(1)
	const lines = [...stderr.matchAll(/^(.+): trying again in ([\d.]+) s$/gm)]
	expect(lines.map(([, outcome]) => outcome)).toEqual([
		'answer 408',
		'answer 429',
		'answer 503',
		expect.stringMatching(/^no answer \(.+\)$/),
	])
	const longest = [1, 2, 4, 8]
	const shortest = [0.5, 2, 2, 4]
	for (const [index, [, , seconds]] of lines.entries()) {
		expect(Number(seconds)).toBeLessThanOrEqual(longest[index] as number)
		expect(Number(seconds)).toBeGreaterThanOrEqual(shortest[index] as number)
	}
})

const placed = JSON.stringify({ id: 'order-1', total: { amountMinor: 1290, currency: 'EUR' } })

test('the example of a receiver gets the event of an order, signed with the secret that was printed', async () => {
	const port = await getPort()
	const create = [
		'webhooks',
		'create',
		`http://127.0.0.1:${port}/events`,
		'--orders',
		variables['MERCAT_URL'] as string,
	]
	const secret = /^secret (\S+)$/m.exec((await runMercat(create)).stdout)?.[1] ?? ''
	await using receiver = await startExampleReceiver(process.execPath, 'receive-webhooks.ts', secret, port)
	const orderId = /^placed (\S+):/.exec((await runExample('place-order.ts', [])).stdout)?.[1]
	await eventually(() => expect(receiver.lines).toEqual([`mercat.order.placed.v1 ${orderId} version 1`]))
})
