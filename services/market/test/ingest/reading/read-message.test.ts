import { describe, expect, test } from 'vitest'
import type { MessageSettings } from '../../../src/ingest/reading/message-settings.ts'
import { createReadMessage } from '../../../src/ingest/reading/read-message.ts'
import { defaultMap } from '../../../src/settings/source-settings.ts'

const plain: MessageSettings = { map: defaultMap, skuPrefix: '', priceIn: 'minor' }
const tick = { sku: 'MUG-1', price: 1_290, currency: 'EUR', available: 5, at: 1_764_500_000_000 }
const readTick = { sku: 'MUG-1', amountMinor: 1_290, currency: 'EUR', available: 5, atMs: 1_764_500_000_000 }

function read(message: unknown, settings: Partial<MessageSettings> = {}) {
	const text = typeof message === 'string' ? message : JSON.stringify(message)
	return createReadMessage({ ...plain, ...settings })(Buffer.from(text), 7)
}

test('a message has its number, its ticks, its size on the wire and when it came', () => {
	const text = JSON.stringify({
		seq: 7,
		ticks: [tick, { ...tick, sku: 'MÜSLI'.replace('Ü', 'U'), available: undefined }],
	})
	expect(read(text)).toEqual({
		message: {
			seq: 7,
			isSnapshot: false,
			ticks: [readTick, { ...readTick, sku: 'MUSLI', available: undefined }],
			bad: [],
			bytes: Buffer.byteLength(text),
			cameAt: 7,
		},
	})
})

test('members are found where the settings say, also the one tick that is the message itself', () => {
	const map = {
		...defaultMap,
		...{
			seq: 'meta.id',
			ticks: '',
			snapshot: 'meta.full',
			sku: 'product.code',
			price: 'quote.ask',
			currency: 'quote.cur',
		},
		...{ available: 'stock', at: 'meta.time' },
	}
	const message = {
		meta: { id: 3, full: true, time: '2025-11-30T10:53:20Z' },
		product: { code: '1' },
		quote: { ask: '12.9', cur: 'EUR' },
		stock: 5,
	}
	expect(read(message, { map, skuPrefix: 'MUG-', priceIn: 'major' }).message).toMatchObject({
		seq: 3,
		isSnapshot: true,
		ticks: [readTick],
	})
})

test('a tick without a currency has the one of the settings', () => {
	const { currency: _, ...without } = tick
	expect(read({ seq: 1, ticks: [without] }, { currency: 'CHF' }).message?.ticks).toEqual([
		{ ...readTick, currency: 'CHF' },
	])
	expect(read({ seq: 1, ticks: [without] }).message?.bad).toEqual([{ sku: 'MUG-1', reason: 'currency' }])
})

test.each([
	['12.90', 'EUR', 1_290],
	[12.9, 'EUR', 1_290],
	['12.9000', 'EUR', 1_290],
	['0.10', 'EUR', 10],
	[1_290, 'JPY', 1_290],
	['1290.0', 'JPY', 1_290],
	['1.234', 'KWD', 1_234],
	['90071992547409.91', 'EUR', 9_007_199_254_740_991],
	['90071992547409.92', 'EUR', undefined],
	['12.905', 'EUR', undefined],
	[0.1 + 0.2, 'EUR', undefined],
	['1290.5', 'JPY', undefined],
	['-1.00', 'EUR', undefined],
	['1,290', 'EUR', undefined],
	['', 'EUR', undefined],
	[' 1', 'EUR', undefined],
	['.5', 'EUR', undefined],
	['1e3', 'EUR', undefined],
	[1e21, 'EUR', undefined],
	[null, 'EUR', undefined],
])('a price of %j in %s is %j in the minor unit, or none', (price, currency, amountMinor) => {
	const { message } = read({ seq: 1, ticks: [{ ...tick, price, currency }] }, { priceIn: 'major' })
	expect(message?.ticks[0]?.amountMinor).toBe(amountMinor)
	expect(message?.bad.map(({ reason }) => reason)).toEqual(amountMinor === undefined ? ['price'] : [])
})

test.each([
	[1_764_500_000_000, 1_764_500_000_000],
	[1_764_500_000_000.7, 1_764_500_000_000],
	['2025-11-30T10:53:20Z', 1_764_500_000_000],
	['2025-11-30T10:53:20.057Z', 1_764_500_000_057],
	['2025-11-30T10:53:20.0579999Z', 1_764_500_000_057],
	['2025-11-30t11:53:20.5+01:00', 1_764_500_000_500],
	['2025-11-30T05:23:20-05:30', 1_764_500_000_000],
	['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
	['2025-02-29T00:00:00Z', undefined],
	['2025-04-31T00:00:00Z', undefined],
	['2025-11-30T24:00:00Z', undefined],
	['2025-11-30T10:53:20', undefined],
	['2025-11-30', undefined],
	['30 Nov 2025 10:53:20 GMT', undefined],
	['1969-12-31T23:59:59Z', undefined],
	[-1, undefined],
	[8.64e15, undefined],
	[null, undefined],
	[true, undefined],
])('the time %j is %j in milliseconds, or none', (at, atMs) => {
	const { message } = read({ seq: 1, ticks: [{ ...tick, at }] })
	expect(message?.ticks[0]?.atMs).toBe(atMs)
	expect(message?.bad.map(({ reason }) => reason)).toEqual(atMs === undefined ? ['at'] : [])
})

describe('a bad tick', () => {
	test.each([
		['form', null, undefined],
		['form', 'MUG-1', undefined],
		['sku', { ...tick, sku: undefined }, undefined],
		['sku', { ...tick, sku: 'a b' }, undefined],
		['sku', { ...tick, sku: 7 }, undefined],
		['sku', { ...tick, sku: 'X'.repeat(65) }, undefined],
		['currency', { ...tick, currency: 'EURO' }, 'MUG-1'],
		['currency', { ...tick, currency: 'eur' }, 'MUG-1'],
		['price', { ...tick, price: 12.5 }, 'MUG-1'],
		['price', { ...tick, price: '1290' }, 'MUG-1'],
		['price', { ...tick, price: -1 }, 'MUG-1'],
		['price', { ...tick, price: 2 ** 53 }, 'MUG-1'],
		['available', { ...tick, available: -5 }, 'MUG-1'],
		['available', { ...tick, available: '5' }, 'MUG-1'],
		['at', { ...tick, at: undefined }, 'MUG-1'],
	])('is told with its %s, and the other ticks of the message stay: %j', (reason, bad, sku) => {
		expect(read({ seq: 1, ticks: [tick, bad, tick] }).message).toMatchObject({
			ticks: [readTick, readTick],
			bad: [{ sku, reason }],
		})
	})

	test('has no member that JavaScript adds', () => {
		const map = { ...defaultMap, sku: 'constructor.name' }
		expect(read({ seq: 1, ticks: [tick] }, { map }).message?.bad).toEqual([{ sku: undefined, reason: 'sku' }])
	})
})

describe('a message of which nothing can be used', () => {
	test.each([
		['json', ''],
		['json', '{"seq":'],
		['json', 'pong'],
		['form', 'null'],
		['form', '7'],
		['seq', '[1,2]'],
		['seq', { ticks: [tick] }],
		['seq', { seq: '7', ticks: [tick] }],
		['seq', { seq: 1.5, ticks: [tick] }],
		['seq', { seq: -1, ticks: [tick] }],
		['seq', { seq: 2 ** 53, ticks: [tick] }],
	])('is told with its %s when it has no number: %j', (reason, message) => {
		expect(read(message)).toEqual({ reason })
	})

	test.each([
		['ticks', { seq: 7 }],
		['ticks', { seq: 7, ticks: 'none' }],
		['ticks', { seq: 7, snapshot: true, ticks: null }],
		['snapshot', { seq: 7, snapshot: 'yes', ticks: [tick] }],
	])('keeps its place, with no ticks, when its number can be read: %s in %j', (reason, message) => {
		expect(read(message)).toMatchObject({ reason, message: { seq: 7, isSnapshot: false, ticks: [], bad: [] } })
	})
})
