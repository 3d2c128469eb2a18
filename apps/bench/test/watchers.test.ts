import { once } from 'node:events'
import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ProductChange } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsRequest__Output as WatchRequest } from '@mercat/catalog-api/messages/WatchProductsRequest'
import type { WatchProductsResponse } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { eventually } from '@mercat/testing/eventually'
import { expect, onTestFinished, test } from 'vitest'
import { createLatencies } from '../src/load/latencies.ts'
import { openWatch } from '../src/watchers/open-watch.ts'
import { readResponse } from '../src/watchers/response-reader.ts'
import {
	changesAfter,
	changesUntil,
	priceAfter,
	pricesOfCall,
	productsOfFilter,
	tickingSkus,
} from '../src/watchers/ticking-prices.ts'
import { startWatcher } from '../src/watchers/watcher.ts'

const { path, requestDeserialize, responseSerialize } = catalogRpcs.WatchProducts
const changeTime = { seconds: 1_790_000_000, nanos: 250_000_000 }

function priceChange(product: number, changes: number): ProductChange {
	return { sku: tickingSkus[product] as string, price: { price: priceAfter(changes) }, changeTime }
}

function inFrame(message: Buffer): Buffer {
	const head = Buffer.alloc(5)
	head.writeUInt32BE(message.length, 1)
	return Buffer.concat([head, message])
}

type Call = {
	request: WatchRequest
	stream: ServerHttp2Stream
	send(...responses: WatchProductsResponse[]): void
	end(status: string): void
}

/** A catalog whose answers the test gives. */
async function listen(answer: (call: Call) => void): Promise<string> {
	const server = createServer()
	const open = new Set<ServerHttp2Stream>()
	server.on('stream', (stream, headers) => {
		open.add(stream)
		stream.on('error', () => {})
		expect(headers[':path']).toBe(path)
		stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
		let status = '0'
		stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }))
		stream.once('data', (bytes: Buffer) => {
			answer({
				request: requestDeserialize(bytes.subarray(5)),
				stream,
				send: (...responses) => stream.write(Buffer.concat(responses.map((one) => inFrame(responseSerialize(one))))),
				end(last) {
					status = last
					stream.end()
				},
			})
		})
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	onTestFinished(() => {
		for (const stream of open) stream.session?.destroy()
		server.close()
	})
	return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a watcher reads the prices, the quantities and the token of a response, and passes over all else', () => {
	const heard: unknown[] = []
	const product = { sku: 'SKU-00003', title: 'Mug', price: priceAfter(9), attributes: { color: 'stone' } }
	const lowestPrice30d = { amount: priceAfter(5), since: changeTime }
	const response: WatchProductsResponse = {
		changes: [
			priceChange(7, 3),
			{ sku: 'SKU-00003', product, changeTime },
			{ sku: 'SKU-00549', price: { price: priceAfter(4), lowestPrice30d }, changeTime },
			{ sku: 'SKU-00008', availableQuantity: 300 },
			{ sku: 'SKU-00009', availableQuantity: 0 },
		],
		resumeToken: 'x'.repeat(200),
		asOf: changeTime,
		position: 5_000_000_000,
		initialStateComplete: true,
	}
	readResponse(responseSerialize(response), {
		price: (...price) => heard.push(price),
		quantity: () => heard.push('quantity'),
		token: (bytes) => heard.push(bytes.toString()),
	})
	const changedAtMs = 1_790_000_000_250
	expect(heard).toEqual([
		[7, priceAfter(3).amountMinor, changedAtMs],
		[549, priceAfter(4).amountMinor, changedAtMs],
		'quantity',
		'quantity',
		'x'.repeat(200),
	])
})

test('each price tells how many changes the product has had, and every second change is a reduction', () => {
	const changes = Array.from({ length: 500 }, (_, count) => count)
	expect(changes.map((count) => changesUntil(priceAfter(count).amountMinor))).toEqual(changes)
	const amounts = changes.map((count) => priceAfter(count).amountMinor)
	expect(amounts.filter((amount, count) => count > 0 && amount < (amounts[count - 1] as number))).toHaveLength(249)
})

test('the changes of a product are counted as the calls make them', () => {
	const changesOf = tickingSkus.map(() => 0)
	for (let calls = 0; calls < 30; calls++) {
		expect(tickingSkus.map((_, product) => changesAfter(calls, product))).toEqual(changesOf)
		for (const { sku, price } of pricesOfCall(calls)) {
			const product = tickingSkus.indexOf(sku)
			expect(price).toEqual(priceAfter(++(changesOf[product] as number)))
		}
	}
})

test('a hundred filters of 500 products differ', () => {
	const filters = Array.from({ length: 100 }, (_, filter) => productsOfFilter(filter))
	expect(new Set(filters.map((products) => products.join())).size).toBe(100)
	for (const products of filters) expect(new Set(products).size).toBe(500)
})

test('a watcher hears each change once, and goes on at the last token when its stream has ended', async () => {
	const calls: Call[] = []
	const address = await listen((call) => calls.push(call))
	using watcher = startWatcher({ address, calls: 0, latencies: createLatencies() })
	await eventually(() => expect(calls).toHaveLength(1))
	calls[0]?.send({ resumeToken: 'begin' })
	await watcher.ready
	expect(watcher.missing(6)).toBe(600)
	const all = (call: number) => pricesOfCall(call).map(({ sku, price }) => ({ sku, price: { price }, changeTime }))
	calls[0]?.send({ changes: all(0), resumeToken: 'one' }, { changes: all(1), resumeToken: 'two' })
	calls[0]?.end('0')
	await eventually(() => expect(calls).toHaveLength(2))
	expect(calls.map(({ request }) => request.resumeToken)).toEqual(['', 'two'])
	calls[1]?.send(...[2, 3, 4, 5].map((call) => ({ changes: all(call) })))
	await eventually(() => expect(watcher.missing(6)).toBe(0))
	expect(watcher.expected(6)).toBe(600)
	expect(watcher.counts).toEqual({ delivered: 600, doubled: 0, quantities: 0, ends: { 0: 1 } })
})

test('a change that is left out is missing, and one that comes again, late or of another product is doubled', async () => {
	const calls: Call[] = []
	const address = await listen((call) => calls.push(call))
	using watcher = startWatcher({ address, filter: 0, calls: 11, latencies: createLatencies() })
	await eventually(() => expect(calls).toHaveLength(1))
	const [first, second] = productsOfFilter(0) as [number, number]
	expect(calls[0]?.request.filter?.skus).toEqual(productsOfFilter(0).map((product) => tickingSkus[product]))
	const other = tickingSkus.findIndex((_, product) => !productsOfFilter(0).includes(product))
	// The products have had two changes in eleven calls.
	const changes = [priceChange(first, 3), priceChange(first, 3), priceChange(second, 4), priceChange(second, 3)]
	calls[0]?.send({ changes: [...changes, priceChange(other, 3)] })
	await watcher.ready
	expect(watcher.counts).toMatchObject({ delivered: 2, doubled: 3 })
	expect(watcher.expected(22)).toBe(1_000)
	// The skipped change of the second product, which has four changes then, and two changes of each of the others.
	expect(watcher.missing(22)).toBe(1_000 - 2)
})

test('the catalog must wait for a watcher that does not read, and goes on for another one', async () => {
	const response = { changes: [{ sku: 'SKU-00001', product: { description: 'x'.repeat(64 * 1024) } }] }
	const sent = { silent: 0, reading: 0 }
	const address = await listen(({ request, stream }) => {
		const frame = inFrame(responseSerialize(response))
		const send = () => {
			do sent[request.resumeToken as keyof typeof sent]++
			while (stream.write(frame) && !stream.destroyed)
		}
		stream.on('drain', send)
		send()
	})
	const ended: unknown[] = []
	let heard = 0
	const read = () => heard++
	using _silent = openWatch({ address, request: { resumeToken: 'silent' }, ended: (status) => ended.push(status) })
	using _reading = openWatch({
		address,
		request: { resumeToken: 'reading' },
		read,
		ended: (status) => ended.push(status),
	})
	await eventually(() => expect(heard).toBeGreaterThan(1_000))
	// All that waits on its way fits into the window of the stream and the buffers of the two sockets.
	expect(sent.silent).toBeGreaterThan(0)
	expect(sent.silent).toBeLessThan(500)
	expect(ended).toEqual([])
})
