import { status } from '@grpc/grpc-js'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { metric } from '../metric.ts'
import { product, startTestCatalog, upserts } from '../start-catalog.ts'
import { watchUnread } from './raw-watch.ts'
import { inShort, watch } from './watch.ts'

const skus = Array.from({ length: 200 }, (_, index) => `S${index}`)
const productsOnly = { filter: { productsOnly: true } }
const mostWaiting = 1024 * 1024 + 300 * 1024
const waitingBytes = () => metric('mercat_watch_waiting_bytes')
const slowEnds = () => metric('mercat_watch_streams_ended_total', { reason: 'slow' })
const streamsOpen = () => metric('mercat_watch_streams_open')

/** An import of a megabyte. */
function large(amountMinor: number) {
	const description = `${'x'.repeat(4_900)} ${amountMinor}`
	return {
		upserts: upserts(skus.map((sku) => product({ sku, description, price: { currencyCode: 'EUR', amountMinor } }))),
	}
}

test('a stream whose reader does not read ends with its place when 1 MB waits, and others go on', async () => {
	const endsBefore = await slowEnds()
	await using catalog = await startTestCatalog('postgres')
	using slow = watchUnread(catalog, productsOnly)
	await using fast = watch(catalog, productsOnly)
	await fast.until(({ messages }) => messages.length > 0)
	for (let amount = 1; amount <= 4; amount++) {
		await catalog.import([large(amount)])
		await fast.until((it) => it.count() >= skus.length * amount)
		expect(await waitingBytes()).toBeLessThan(2 * mostWaiting)
	}
	expect(await waitingBytes()).toBeGreaterThan(512 * 1024)
	await eventually(async () => expect(await slowEnds()).toBe(endsBefore + 1), { interval: 100 })
	const { messages, code } = await slow.readAll()
	expect(code).toBe(status.OK)
	const told = messages.flatMap(({ changes }) => changes).map(inShort)
	expect(told.length).toBeLessThan(2 * skus.length)
	expect(fast.told().slice(0, told.length)).toEqual(told)
	await using resumed = watch(catalog, { ...productsOnly, resumeToken: messages.at(-1)?.resumeToken as string })
	await resumed.until((it) => told.length + it.count() >= 4 * skus.length)
	expect([...told, ...resumed.told()]).toEqual(fast.told())
})

test('a change that is larger than what may wait for a reader does not end its stream', async () => {
	await using catalog = await startTestCatalog('postgres')
	await using streams = new AsyncDisposableStack()
	const watches = Array.from({ length: 5 }, () => streams.use(watch(catalog, productsOnly)))
	await Promise.all(watches.map((it) => it.until(({ messages }) => messages.length > 0)))
	await catalog.import([1, 2, 3, 4].map(large))
	await Promise.all(watches.map((it) => it.until((stream) => stream.count() >= 4 * skus.length)))
	const [first, ...others] = watches.map((it) => it.told())
	expect(first).toHaveLength(4 * skus.length)
	for (const other of others) expect(other).toEqual(first)
})

test('the memory for streams that nobody reads is bounded, and a shutdown cuts them off', async () => {
	await using catalog = await startTestCatalog('postgres')
	await catalog.import([large(1)])
	using streams = new DisposableStack()
	for (let count = 0; count < 10; count++) streams.use(watchUnread(catalog, productsOnly))
	for (let count = 0; count < 10; count++)
		streams.use(watchUnread(catalog, { ...productsOnly, sendInitialState: true }))
	await eventually(async () => expect(await streamsOpen()).toBe(20))
	for (let amount = 2; amount < 6; amount++) {
		await catalog.import([large(amount)])
		expect(await waitingBytes()).toBeLessThan(20 * mostWaiting)
	}
	await catalog.stop()
	await eventually(async () => expect(await streamsOpen()).toBe(0))
	expect(await waitingBytes()).toBe(0)
})
