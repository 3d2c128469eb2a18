import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startExchange } from '@mercat/market-exchange/exchange'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { copyEmptyDatabases, isAlive, type StartedMercat, startMercat } from './start-mercat.ts'

vi.setConfig({ testTimeout: 600_000 })

// The tests share them.
let dataDir: string
const started: StartedMercat[] = []
beforeAll(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'mercat-market-'))
	copyEmptyDatabases(dataDir)
})
afterEach(async () => {
	for (const mercat of started.splice(0)) {
		if (isAlive(mercat.pid)) process.kill(mercat.pid, 'SIGKILL')
		await mercat.ended
	}
	// Services without a parent process end by themselves and release the databases.
	const locks = ['catalog', 'order', 'market'].map((name) => join(dataDir, `${name}.lock`))
	while (locks.some((lock) => existsSync(lock))) await sleep(50)
})
afterAll(() => rmSync(dataDir, { recursive: true }))

function start(variables: { [name: string]: string } = {}): StartedMercat {
	const mercat = startMercat(dataDir, { MARKET: 'true', LOG_LEVEL: 'fatal', ...variables })
	started.push(mercat)
	return mercat
}

function placeOrder(stdout: string): { status: string } {
	const line = stdout.split('\n').find((each) => each.startsWith('curl ')) as string
	return JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))
}

async function stopped(mercat: StartedMercat) {
	mercat.signalGroup('SIGINT')
	const { exitCode, stdout, stderr } = await mercat.ended
	return { exitCode, stderr, isStopped: stdout.endsWith('\nstopped\n') }
}

test('mercat start starts the market after its welcome, and again when it was killed, while orders go on', async () => {
	const sku = 'MUG-STONE-350'
	await using exchange = await startExchange()
	const sources = join(dataDir, 'sources.json')
	writeFileSync(sources, JSON.stringify({ sources: [{ name: 'supplier', url: exchange.url, allowPrivate: true }] }))
	const mercat = start({ MARKET_SOURCES: sources })
	const { stdout, catalogPid, orderPid } = await mercat.up()
	expect(stdout).not.toMatch(/^market /m)
	const address = (name: string) => new RegExp(`^${name} +(\\S+)`, 'm').exec(stdout)?.[1] ?? ''
	const give = ['sources', 'give', sku, '--to', 'supplier', '--parts', 'price', '--catalog', address('gRPC')]
	expect(await runMercat(give)).toMatchObject({ exitCode: 0 })

	async function bringsPrice(amountMinor: number): Promise<void> {
		exchange.publish([{ sku, price: amountMinor, currency: 'EUR', available: 1, at: Date.now() }])
		await eventually(async () => {
			const product = await (await fetch(`${address('REST')}/v1/products/${sku}`)).json()
			expect(product).toMatchObject({ price: { amountMinor, currency: 'EUR' } })
		})
	}
	const { marketPid, url } = await mercat.marketUp()
	await bringsPrice(1_300)
	// As a page of the console asks, with the token of staff.
	const authorization = `Bearer ${/#token=(\S+)/.exec(stdout)?.[1]}`
	const answer = await fetch(`${url}/v1/ticks/${sku}`, { headers: { authorization, origin: address('REST') } })
	expect(answer.headers.get('access-control-allow-origin')).toBe(address('REST'))
	expect(await answer.json()).toMatchObject({ sku, latest: { price: { amountMinor: 1_300, currency: 'EUR' } } })

	process.kill(marketPid, 'SIGKILL')
	await mercat.warned('mercat: the market service ended: SIGKILL; it starts again in ')
	expect(placeOrder(stdout)).toMatchObject({ status: 'placed' })
	const again = await mercat.marketUp(2)
	await bringsPrice(1_310)

	expect(await stopped(mercat)).toMatchObject({ exitCode: 0, isStopped: true })
	expect([catalogPid, orderPid, marketPid, again.marketPid].filter(isAlive)).toEqual([])
})

test('a port of the market that is in use is a warning, and orders go on without the market', async () => {
	await using server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	const mercat = start({ MARKET_PORT: String(port) })
	const { stdout } = await mercat.up()
	expect(placeOrder(stdout)).toMatchObject({ status: 'placed' })
	expect(await stopped(mercat)).toEqual({
		exitCode: 0,
		isStopped: true,
		stderr: `mercat: the market service is left out, and orders go on without it: port ${port} of 127.0.0.1 is in use, perhaps by another mercat start: stop the program that has it, or set MARKET_PORT to another port, or to 0 for any free port\n`,
	})
})
