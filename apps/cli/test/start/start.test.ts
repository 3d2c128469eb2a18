import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { copyEmptyDatabases, isAlive, type StartedMercat, startMercat } from './start-mercat.ts'

// The tests share them.
let dataDir: string
const started: StartedMercat[] = []
beforeAll(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'mercat-start-'))
	copyEmptyDatabases(dataDir)
})
afterEach(async () => {
	for (const mercat of started.splice(0)) {
		if (isAlive(mercat.pid)) process.kill(mercat.pid, 'SIGKILL')
		await mercat.ended
	}
	// Services without a parent process end by themselves and release the databases.
	while (existsSync(join(dataDir, 'catalog.lock')) || existsSync(join(dataDir, 'order.lock'))) await sleep(50)
})
afterAll(() => rmSync(dataDir, { recursive: true }))

function start(variables?: { [name: string]: string }): StartedMercat {
	const mercat = startMercat(dataDir, variables)
	started.push(mercat)
	return mercat
}

test('mercat start creates its databases, --no-demo leaves an empty catalog empty, and MARKET=false leaves the market out', {
	timeout: 600_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-no-demo-'))
	const mercat = startMercat(folder, { MARKET: 'false' }, ['--no-demo'])
	started.push(mercat)
	const { stdout } = await mercat.up()
	expect(stdout).not.toContain('loading the demo catalog')
	expect(stdout).toContain('The catalog has no demo products.')
	mercat.signalGroup('SIGTERM')
	expect(await mercat.ended).toMatchObject({ exitCode: 0 })
	expect(existsSync(join(folder, 'market'))).toBe(false)
	rmSync(folder, { recursive: true })
})

function lineOf(output: string, begin: string): string {
	return output.split('\n').find((line) => line.startsWith(begin)) ?? ''
}

const patientMs = 600_000

test('mercat start prints an order to paste, stops cleanly on Ctrl-C, and keeps its data for the next start', {
	timeout: patientMs,
}, async () => {
	const first = start()
	const { stdout, catalogPid, orderPid } = await first.up()
	expect(stdout).toContain('100 rows: 100 created, 0 updated, 0 unchanged, 0 failed')
	const order = JSON.parse(execFileSync('sh', ['-c', lineOf(stdout, 'curl ')], { encoding: 'utf8' }))
	expect(order).toMatchObject({ status: 'placed', customerId: 'demo', total: { amountMinor: 2580, currency: 'EUR' } })

	// A Ctrl-C in a terminal under npx arrives twice: the process group gets it, and npx passes it on.
	first.signalGroup('SIGINT')
	first.signalGroup('SIGINT')
	const end = await first.ended
	expect({ ...end, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' })
	expect(end.stdout).toMatch(/\nstopped\n$/)
	expect([catalogPid, orderPid].map(isAlive)).toEqual([false, false])

	const second = start()
	const again = await second.up()
	expect(again.stdout).not.toContain('demo catalog')
	const headers = { authorization: /Bearer [^']+/.exec(lineOf(again.stdout, 'curl '))?.[0] ?? '' }
	const rest = lineOf(again.stdout, 'REST').split(/\s+/)[1]
	const orders = await fetch(`${rest}/v1/orders`, { headers }).then((response) => response.json())
	expect(orders).toMatchObject({ orders: [order] })
	process.kill(second.pid, 'SIGTERM')
	expect(await second.ended).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\nstopped\n$/) })
})

test('mercat start refuses a folder or a port that is in use, and names the reason', {
	timeout: patientMs,
}, async () => {
	const first = start()
	const { stdout, catalogPid } = await first.up()
	expect(await start().ended).toMatchObject({
		exitCode: 1,
		stderr: `mercat: the catalog service cannot start: ${join(dataDir, 'catalog')}: the embedded database is in use by process ${catalogPid}; it serves one process at a time\n`,
	})

	const port = lineOf(stdout, 'gRPC').split(':')[1] ?? ''
	const otherDir = mkdtempSync(join(tmpdir(), 'mercat-start-'))
	try {
		const other = startMercat(otherDir, { CATALOG_PORT: port })
		expect(await other.ended).toMatchObject({
			exitCode: 1,
			stderr: expect.stringMatching(
				new RegExp(`^mercat: port ${port} of 127\\.0\\.0\\.1 is in use, .+ set CATALOG_PORT `),
			),
		})
	} finally {
		rmSync(otherDir, { recursive: true })
	}
	expect(isAlive(first.pid)).toBe(true)
})

test('mercat start ends when one of its services ends, and reports which service ended and how', {
	timeout: patientMs,
}, async () => {
	const mercat = start()
	const { catalogPid, orderPid } = await mercat.up()
	process.kill(orderPid, 'SIGKILL')
	expect(await mercat.ended).toMatchObject({ exitCode: 1, stderr: 'mercat: the order service ended: SIGKILL\n' })
	expect(isAlive(catalogPid)).toBe(false)
	rmSync(join(dataDir, 'order.lock'))
})

test('After a kill of mercat start, its services end, too', { timeout: patientMs }, async () => {
	const mercat = start()
	const { catalogPid, orderPid } = await mercat.up()
	process.kill(mercat.pid, 'SIGKILL')
	await mercat.ended
	while ([catalogPid, orderPid].some(isAlive)) await sleep(50)
})

test('mercat start stops on a signal while it is still starting', { timeout: patientMs }, async () => {
	const mercat = start()
	while (!existsSync(join(dataDir, 'catalog.lock'))) await sleep(10)
	mercat.signalGroup('SIGTERM')
	expect(await mercat.ended).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\nstopped\n$/) })
})
