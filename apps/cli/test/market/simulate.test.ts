import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, describe, expect, test } from 'vitest'
import { spawnSimulate } from './spawn-simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercat-simulate-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Message = { seq: number; snapshot?: true; ticks: { sku: string; price: number; currency: string; at: number }[] }
const parsed = (texts: string[]) => texts.map((text) => JSON.parse(text) as Message)
const recordOf = (path: string) => parsed(readFileSync(path, 'utf8').trimEnd().split('\n'))

/** The URL that the command prints, as soon as it does. */
async function urlOf(simulate: ReturnType<typeof spawnSimulate>): Promise<string> {
	return eventually(() => {
		const [url] = /ws:\/\/[\w.:]+\//.exec(simulate.stdout()) ?? []
		if (url === undefined) throw new Error('not started yet')
		return url
	})
}

function subscribe(url: string) {
	const texts: string[] = []
	const socket = new WebSocket(url)
	socket.addEventListener('message', ({ data }) => texts.push(String(data)))
	return { texts, messages: () => parsed(texts), close: () => socket.close() }
}

test('simulate sends the prices of the demo catalog, which move, until Ctrl-C ends it with a summary', async () => {
	const simulate = spawnSimulate(['--port', '0', '--rate', '500'])
	const { messages } = subscribe(await urlOf(simulate))
	await eventually(() => expect(messages().length).toBeGreaterThan(20))
	const [first, ...rest] = messages()
	expect(first?.snapshot).toBe(true)
	expect(first?.ticks).toHaveLength(100)
	expect(first?.ticks.find(({ sku }) => sku === 'MUG-STONE-350')?.currency).toBe('EUR')
	expect(rest.map(({ seq }) => seq)).toEqual(rest.map((_, index) => (first?.seq ?? 0) + index + 1))
	simulate.interrupt()
	expect(await simulate.ended).toEqual([0, null])
	expect(simulate.stdout()).toMatch(/^for MARKET_SOURCES: \{"sources":\[\{"name":"simulated","url":"ws:/m)
	expect(simulate.stdout()).toMatch(
		/^\d+ messages with \d+ ticks published, 1 subscriptions, 1 snapshots, 0 connections cut$/m,
	)
})

test('a subscriber that comes back gets what it has missed, and the record has what was sent', async () => {
	const record = join(folder, 'record.ndjson')
	const simulate = spawnSimulate(['--port', '0', '--rate', '500', '--skus', '30', '--record', record])
	const url = await urlOf(simulate)
	const first = subscribe(url)
	await eventually(() => expect(first.messages().length).toBeGreaterThan(10))
	first.close()
	const last = first.messages().at(-1)?.seq ?? 0
	await eventually(() => expect(recordOf(record).at(-1)?.seq).toBeGreaterThan(last + 5))
	const second = subscribe(`${url}?after=${last}`)
	await eventually(() => expect(second.messages().length).toBeGreaterThan(10))
	simulate.interrupt()
	await simulate.ended
	const recorded = recordOf(record)
	const messages = recorded.filter(({ snapshot }) => snapshot === undefined)
	expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
	expect(recorded).toEqual(expect.arrayContaining(first.messages()))
	expect(second.messages()).toEqual(messages.slice(last, last + second.messages().length))
})

test('what goes wrong can be chosen', async () => {
	const faults = ['--garbage', '20', '--gaps', '10', '--duplicates', '10', '--reorder', '10', '--jumps', '5']
	const times = ['--clock', '-1h', '--switch-currency', 'USD@1s', '--stuck-after', '2s']
	const simulate = spawnSimulate(['--port', '0', '--rate', '2000', '--skus', '20', ...faults, ...times])
	const { texts } = subscribe(await urlOf(simulate))
	await eventually(() => expect(texts.join()).toContain('"USD"'))
	const [first] = parsed(texts.slice(0, 1))
	const behindMs = Date.now() - (first?.ticks[0]?.at ?? 0)
	expect(behindMs).toBeGreaterThan(3_590_000)
	expect(behindMs).toBeLessThan(3_660_000)
	expect(texts.some((text) => !text.startsWith('{"seq":'))).toBe(true)
	simulate.interrupt()
	await simulate.ended
})

test('connections are cut as often as is asked for', async () => {
	const simulate = spawnSimulate(['--port', '0', '--cuts', '600'])
	const url = await urlOf(simulate)
	for (let cuts = 0; cuts < 3; cuts++) await once(new WebSocket(url), 'close')
	simulate.interrupt()
	await simulate.ended
	expect(simulate.stdout()).toMatch(/ [3-9]\d* connections cut$/m)
})

test('the products of --skus can be written for an import', async () => {
	const path = join(folder, 'products.ndjson')
	const args = ['market', 'simulate', '--port', '0', '--skus', '3', '--write-products', path, '--for', '1s']
	const { exitCode, stderr } = await runMercat(args)
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
	const products = readFileSync(path, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line))
	expect(products.map(({ sku }) => sku)).toEqual(['SIM-00001', 'SIM-00002', 'SIM-00003'])
	const again = await runMercat(['market', 'simulate', '--port', '0', '--products', path, '--for', '1s'])
	expect(again.stdout).toContain('50 ticks a second of 3 products')
})

describe('simulate refuses', () => {
	test.each([
		[['--rate', '0'], 'It must be a whole number from 1 to 200000.'],
		[['--jumps', '101'], 'It must be a number from 0 to 100.'],
		[['--clock', '1h'], 'It must be + or - and a time, such as +1h or -10m.'],
		[['--switch-currency', 'EURO@1s'], 'It must be a currency, @ and a time, such as USD@30s.'],
		[['--skus', '3', '--products', 'a.csv'], "cannot be used with option '--products <file>'"],
		[['--write-products', 'a.ndjson'], '--write-products needs --skus'],
		[['--port', '0', '--products', 'none.csv'], 'none.csv: there is no such file'],
		[
			['--port', '0', '--skus', '3', '--write-products', join(folder, 'none', 'products')],
			'products cannot be written: ENOENT',
		],
		[['--port', '0', '--record', join(folder, 'none', 'record')], 'cannot be written: ENOENT'],
	])('%j', async (args, problem) => {
		const { exitCode, stderr } = await runMercat(['market', 'simulate', '--for', '1s', ...args])
		expect(exitCode).not.toBe(0)
		expect(stderr).toContain(problem)
	})

	test('a port that is taken', async () => {
		const server = createServer().listen(0, '127.0.0.1')
		await once(server, 'listening')
		const { port } = server.address() as AddressInfo
		const { exitCode, stderr } = await runMercat(['market', 'simulate', '--port', String(port)])
		server.close()
		expect({ exitCode, stderr }).toEqual({
			exitCode: 1,
			stderr: `mercat: the port ${port} of 127.0.0.1 is taken: choose another one with --port\n`,
		})
		expect(existsSync(join(folder, 'none'))).toBe(false)
	})
})
