import { createResolveHost } from '@mercat/service/resolve-host'
import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test } from 'vitest'
import { type NameAnswer, startNameServer } from './name-server.ts'
import { messageTo, openCall, startReceiver } from './receiver.ts'

const longMs = 60_000

function publicOnly(url: string) {
	return messageTo(url, { mayBePrivate: false })
}

test('names whose servers never answer delay no other webhook', async () => {
	await using receiver = await startReceiver((_request, response) => response.end())
	await using names = await startNameServer((name, family) => {
		if (name.startsWith('silent')) return 'no answer'
		return family === 4 ? ['127.0.0.1'] : []
	})
	const resolve = createResolveHost(names, { tryMs: 1_500 })
	await using call = openCall({ resolve, addressRefusal: () => undefined })
	let ended = 0
	const silent = Array.from({ length: 12 }, async (_, index) => {
		const { attempt } = await call.post(publicOnly(`http://silent-${index}.example:${receiver.port}/`))
		ended++
		return attempt.error
	})
	await eventually(() => expect(new Set(names.asked).size).toBe(24))
	expect((await call.post(publicOnly(`http://healthy.example:${receiver.port}/`))).outcome).toBe('delivered')
	expect(ended).toBe(0)
	expect(await Promise.all(silent)).toEqual(
		silent.map((_, index) => `the name servers gave no answer for silent-${index}.example`),
	)
})

describe('the addresses of a name', () => {
	test('are those of both families, IPv4 first', async () => {
		await using names = await startNameServer((_name, family) =>
			family === 4 ? ['192.0.2.1', '192.0.2.2'] : ['2001:db8::1'],
		)
		expect(await createResolveHost(names)('shop.example')).toEqual([
			{ address: '192.0.2.1', family: 4 },
			{ address: '192.0.2.2', family: 4 },
			{ address: '2001:db8::1', family: 6 },
		])
	})

	test.each([4, 6] as const)(
		'are those of IPv%i when the other family has none',
		async (only) => {
			for (const other of ['no answer', 'no such name', 'failure', []] as NameAnswer[]) {
				await using names = await startNameServer((_name, family) =>
					family === only ? [only === 4 ? '192.0.2.1' : '2001:db8::1'] : other,
				)
				const found = await createResolveHost(names, { tryMs: longMs })('shop.example')
				expect(found.map(({ family }) => family)).toEqual([only])
			}
		},
		4_000,
	)

	test.each([
		['no such name', 'no such name', 'the name shop.example does not exist'],
		[[], [], 'the name shop.example has no address'],
		['no answer', 'no answer', 'the name servers gave no answer for shop.example'],
		[[], 'no answer', 'the name servers gave no answer for shop.example'],
		['failure', [], 'the name servers could not answer for shop.example (ESERVFAIL)'],
	] as [NameAnswer, NameAnswer, string][])('are an error for %j and %j: %s', async (ofIpv4, ofIpv6, message) => {
		await using names = await startNameServer((_name, family) => (family === 4 ? ofIpv4 : ofIpv6))
		await expect(createResolveHost(names, { tryMs: 100 })('shop.example')).rejects.toThrow(message)
	})

	test('are given up after the time of two tries, however many name servers there are', async () => {
		await using opened = new AsyncDisposableStack()
		const asked: string[] = []
		const servers: string[] = []
		while (servers.length < 4) {
			const names = opened.use(
				await startNameServer((name) => {
					asked.push(name)
					return 'no answer'
				}),
			)
			servers.push(...names.servers)
		}
		const resolve = createResolveHost({ servers }, { tryMs: 300 })
		await expect(resolve('shop.example')).rejects.toThrow('gave no answer')
		expect(asked.length).toBeLessThan(8)
	})

	test('are asked for once by all that ask at the same time, and again later', async () => {
		await using names = await startNameServer((_name, family) => (family === 4 ? ['192.0.2.1'] : []))
		const resolve = createResolveHost(names)
		const [one, two] = await Promise.all([resolve('shop.example'), resolve('shop.example')])
		expect(two).toEqual(one)
		expect(names.asked.toSorted()).toEqual(['shop.example 4', 'shop.example 6'])
		await resolve('shop.example')
		expect(names.asked).toHaveLength(4)
	})
})

describe('a webhook to a name', () => {
	test('is refused when every address is private', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using names = await startNameServer((_name, family) => [family === 4 ? '127.0.0.1' : '::1'])
		await using call = openCall({ resolve: createResolveHost(names) })
		for (const origin of ['http://localhost', 'https://localhost', 'http://shop.example']) {
			expect(await call.post(publicOnly(`${origin}:${receiver.port}/`)), origin).toMatchObject({
				outcome: 'refused',
				attempt: { error: 'the host must not resolve to a private address (loopback)' },
			})
		}
		expect(receiver.connections()).toBe(0)
	})

	test('gets nothing once the name leads to a private address', async () => {
		await using receiver = await startReceiver((_request, response) =>
			response.writeHead(200, { connection: 'close' }).end(),
		)
		let isRebound = false
		await using names = await startNameServer((_name, family) => {
			if (family === 4) return isRebound ? [] : ['127.0.0.1']
			return isRebound ? ['::1'] : []
		})
		const addressRefusal = (address: string) => (address === '::1' ? 'loopback' : undefined)
		await using call = openCall({ resolve: createResolveHost(names), addressRefusal })
		const message = publicOnly(`http://shop.example:${receiver.port}/`)
		expect((await call.post(message)).outcome).toBe('delivered')
		isRebound = true
		expect((await call.post(message)).outcome).toBe('refused')
		expect(receiver.posted).toHaveLength(1)
	})
})
