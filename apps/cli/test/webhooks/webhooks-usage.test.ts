import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runMercat } from '@mercat/testing/run-mercat'
import getPort from 'get-port'
import { afterEach, describe, expect, test } from 'vitest'

const id = '11111111-2222-4333-8444-555555555555'

test.each([
	[[]],
	[['nonsense']],
	[['list', 'more']],
	[['list', '--orders', 'shop']],
	[['list', '--orders', 'ftp://shop.example']],
	[['create']],
	[['create', 'nonsense']],
	[['create', 'ftp://shop.example/events']],
	[['change', id]],
	[['change', 'first', '--url', 'https://shop.example/events']],
	[['pause']],
	[['delete', '../orders']],
	[['replay', id]],
	[['replay', id, '--after', '-1']],
	[['deliveries', id, '--state', 'lost']],
	[['deliveries', id, '--limit', '0']],
	[['redeliver', id]],
	[['redeliver', id, 'x']],
])('mercat webhooks reports a usage error for the arguments %j', async (args) => {
	const { exitCode, stdout, stderr } = await runMercat(['webhooks', ...args])
	expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
	expect(stderr).toMatch(/^(error: .+|Usage: mercat webhooks .*)$/m)
})

test('mercat webhooks lists its commands when asked for help', async () => {
	const { exitCode, stdout } = await runMercat(['webhooks', '--help'])
	expect(exitCode).toBe(0)
	for (const command of ['list', 'create', 'rotate', 'deliveries'])
		expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
})

describe('without an order service', () => {
	const opened: AsyncDisposable[] = []
	afterEach(async () => {
		for (const resource of opened.splice(0)) await resource[Symbol.asyncDispose]()
	})

	/** The URL of another server. */
	async function serve(listener: RequestListener): Promise<string> {
		const server = createServer(listener).listen(0, '127.0.0.1')
		await once(server, 'listening')
		opened.push(server)
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	}

	test('mercat webhooks says in one line that nothing listens there', async () => {
		const port = String(await getPort())
		const { exitCode, stdout, stderr } = await runMercat(['webhooks', 'list'], { ORDER_PORT: port })
		expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
		expect(stderr).toBe(
			`mercat: the order service at http://127.0.0.1:${port} does not answer: connect ECONNREFUSED 127.0.0.1:${port}\n`,
		)
	})

	test('mercat webhooks says in one line that the connection broke', async () => {
		const url = await serve((_request, response) => response.destroy())
		const { exitCode, stderr } = await runMercat(['webhooks', 'list', '--orders', url])
		expect(exitCode).toBe(1)
		expect(stderr).toMatch(/^mercat: the order service at \S+ does not answer: .+\n$/)
	})

	test.each([
		['another kind of page', 200],
		['a redirect, which it does not follow', 302],
		['an error of a proxy', 502],
	])('mercat webhooks says in one line that it got %s', async (_what, status) => {
		const paths: string[] = []
		const url = await serve((request, response) => {
			paths.push(request.url ?? '')
			response.writeHead(status, { location: '/elsewhere' }).end('<p>hello</p>')
		})
		const { exitCode, stderr } = await runMercat(['webhooks', 'list', '--orders', `${url}/shop/`])
		expect({ exitCode, paths }).toEqual({ exitCode: 1, paths: ['/shop/v1/webhooks'] })
		expect(stderr).toBe(`mercat: ${url}/shop answered ${status}, and not as the order service does\n`)
	})
})
