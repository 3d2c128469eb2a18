import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import type { HostAddress } from '@mercat/service/host-address'
import { createLookUpHost } from '@mercat/service/look-up-host'
import { generate } from 'selfsigned'
import { describe, expect, test } from 'vitest'
import { messageTo, openCall, startReceiver } from './receiver.ts'

const ipv4 = { address: '127.0.0.1', family: 4 }
const ipv6 = { address: '::1', family: 6 }
/** In tests of names only the IPv6 address of this machine counts as private. */
const refuseIpv6 = (address: string) => (address === '::1' ? 'loopback' : undefined)

/** A resolver that gives one answer after the other, the last one for ever. */
function answering(...answers: HostAddress[][]) {
	let asked = 0
	return {
		resolve: async () => answers[Math.min(asked++, answers.length - 1)] as HostAddress[],
		asked: () => asked,
	}
}

function publicOnly(url: string) {
	return messageTo(url, { mayBePrivate: false })
}

describe('a target that is no public address', () => {
	test.each([
		['http://127.0.0.1', 'loopback'],
		['http://127.1', 'loopback'],
		['http://0x7f.1', 'loopback'],
		['http://2130706433', 'loopback'],
		['http://0177.0.0.1', 'loopback'],
		['http://１２７.0.0.1', 'loopback'],
		['http://127.0.0.1.', 'loopback'],
		['https://127.0.0.1', 'loopback'],
		['http://0', 'unspecified'],
		['http://[::1]', 'loopback'],
		['http://[::]', 'unspecified'],
		['http://[::ffff:127.0.0.1]', 'IPv4 in IPv6'],
		['http://[::ffff:7f00:1]', 'IPv4 in IPv6'],
	])('is refused as a literal: %s', async (origin, range) => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using call = openCall()
		expect(await call.post(publicOnly(`${origin}:${receiver.port}/`))).toEqual({
			outcome: 'refused',
			attempt: {
				at: expect.any(String),
				ms: expect.any(Number),
				error: `the host must not be a private address (${range})`,
			},
		})
		expect(receiver.connections()).toBe(0)
	})

	test('is refused as the only address of a name', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using call = openCall(answering([ipv4, ipv6]))
		expect((await call.post(publicOnly(`http://shop.example:${receiver.port}/`))).outcome).toBe('refused')
		expect(receiver.connections()).toBe(0)
	})

	test('gets nothing when its name has a public address, too', async () => {
		await using receiver = await startReceiver((_request, response) => response.end(), '::1')
		await using call = openCall({ ...answering([ipv6, ipv4]), addressRefusal: refuseIpv6 })
		const { outcome, attempt } = await call.post(publicOnly(`http://shop.example:${receiver.port}/`))
		expect(outcome).toBe('failed')
		expect(attempt.error).toBe(`connect ECONNREFUSED 127.0.0.1:${receiver.port}`)
		expect(receiver.connections()).toBe(0)
	})

	test('gets nothing when its name had a public address before', async () => {
		await using target = await startReceiver((_request, response) =>
			response.writeHead(200, { connection: 'close' }).end(),
		)
		const names = answering([ipv4], [ipv6])
		await using call = openCall({ ...names, addressRefusal: refuseIpv6 })
		const message = publicOnly(`http://shop.example:${target.port}/`)
		expect((await call.post(message)).outcome).toBe('delivered')
		// A second look-up for the connection would have got the private address.
		expect(names.asked()).toBe(1)
		expect((await call.post(message)).outcome).toBe('refused')
		expect(target.posted).toHaveLength(1)
	})

	test('gets nothing over the connection of a webhook that may use it', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using call = openCall()
		expect((await call.post(messageTo(receiver.url))).outcome).toBe('delivered')
		expect((await call.post(publicOnly(receiver.url))).outcome).toBe('refused')
		expect(receiver.posted).toHaveLength(1)
	})

	test('is reached by name when it is permitted', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using call = openCall({ lookUp: createLookUpHost() })
		expect((await call.post(messageTo(`http://localhost:${receiver.port}/`))).outcome).toBe('delivered')
		expect(receiver.posted[0]?.headers['host']).toBe(`localhost:${receiver.port}`)
	})
})

test('a receiver whose certificate nobody trusts gets nothing', async () => {
	const pem = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', algorithm: 'sha256' })
	const posted: string[] = []
	const server = createServer({ key: pem.private, cert: pem.cert }, (request, response) => {
		posted.push(request.url ?? '')
		response.end()
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	await using call = openCall()
	const { port } = server.address() as AddressInfo
	expect(await call.post(messageTo(`https://127.0.0.1:${port}/`))).toMatchObject({
		outcome: 'failed',
		attempt: { error: expect.stringContaining('self-signed certificate') },
	})
	expect(posted).toEqual([])
	server.close()
	await once(server, 'close')
})

test('variables that name a proxy change nothing', async () => {
	await using proxy = await startReceiver((_request, response) => response.end())
	await using receiver = await startReceiver((_request, response) => response.end())
	const script = `
		import { createWebhookCall } from ${JSON.stringify(import.meta.resolve('../../src/webhooks/webhook-call.ts'))}
		import { addressRefusal } from ${JSON.stringify(import.meta.resolve('@mercat/service/target-address'))}
		await using call = createWebhookCall({ resolve: async () => [], addressRefusal })
		const message = ${JSON.stringify(messageTo(receiver.url))}
		console.log((await call.post(message)).outcome, (await call.post({ ...message, mayBePrivate: false })).outcome)`
	const url = `http://127.0.0.1:${proxy.port}`
	const env = {
		...process.env,
		NODE_USE_ENV_PROXY: '1',
		HTTP_PROXY: url,
		http_proxy: url,
		ALL_PROXY: url,
		NO_PROXY: '',
	}
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env })
	expect(stdout).toBe('delivered refused\n')
	expect(proxy.connections()).toBe(0)
	expect(receiver.posted).toHaveLength(1)
})
