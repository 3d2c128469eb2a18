import { status } from '@grpc/grpc-js'
import { createOpenWatch } from '@mercat/catalog-api/open-watch'
import { createWatchCall } from '@mercat/catalog-api/watch-call'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import type { ChangeCursor } from '../../src/product-changes/change-cursor.ts'
import { type ChangeFeedOptions, createChangeFeed } from '../../src/product-changes/change-feed.ts'
import { messageAt, startScriptedCatalog } from './scripted-catalog.ts'

const quiet = {
	warn() {},
	info() {},
	error(facts: object): void {
		expect.unreachable(JSON.stringify(facts))
	},
}

async function openFeed(options: ChangeFeedOptions = {}, log = quiet) {
	using opened = new DisposableStack()
	const catalog = opened.use(await startScriptedCatalog())
	const openWatch = createOpenWatch({ call: createWatchCall(catalog.clients), log })
	const feed = opened.use(createChangeFeed({ openWatch, log }, { idleMs: 60_000, readsAreOldMs: 0, ...options }))
	const resources = opened.move()
	return {
		catalog,
		/** A reader that takes everything as it comes. */
		read(token?: string) {
			const told: { kind: string; position: number; prices: number[] }[] = []
			let isLost = false
			const cursor: ChangeCursor = feed.open(token, wake)
			function wake(): void {
				for (;;) {
					const next = cursor.read()
					if (next === undefined) return
					if (next === 'lost') {
						isLost = true
						return
					}
					const prices = next.message.changes.flatMap(({ text }) => JSON.parse(text).price?.amountMinor ?? [])
					told.push({ kind: next.kind, position: next.message.position, prices })
				}
			}
			wake()
			return { told, prices: () => told.flatMap(({ prices }) => prices), isLost: () => isLost, wake, ...cursor }
		},
		/** A reader that takes nothing. */
		hold: (token: string) => feed.open(token, () => {}),
		[Symbol.dispose]: () => resources.dispose(),
	}
}

const kindsOf = (told: { kind: string }[]) => told.map(({ kind }) => kind)
const soon = (check: () => void) => eventually(check)
const price = (amount: number) => ({ sku: 'MUG', price: amount })

test('all readers share one watch, which ends some time after the last one has left', async () => {
	using opened = await openFeed({ idleMs: 200 })
	const { catalog, read } = opened
	const [one, other] = [read(), read()]
	const watch = await catalog.next(0)
	watch.send(messageAt(1, 100))
	watch.send(messageAt(2, 101, [price(2)]))
	await soon(() => expect([one.prices(), other.prices()]).toEqual([[2], [2]]))
	expect([watch.token, kindsOf(one.told)]).toEqual(['', ['begin', 'changes']])
	one.close()
	expect(catalog.open()).toHaveLength(1)
	other.close()
	const late = read()
	late.close()
	await soon(() => expect(catalog.open()).toHaveLength(0))
	expect(catalog.streams).toHaveLength(1)
})

test('a reader with a token of the ring goes on at once, without a call', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const first = read()
	const watch = await catalog.next(0)
	for (const position of [1, 2, 3]) watch.send(messageAt(position, 100 + position, [price(position)]))
	await soon(() => expect(first.told).toHaveLength(3))
	expect(read('at-2-102').prices()).toEqual([3])
	expect(catalog.streams).toHaveLength(1)
})

test('a watch goes on with its last token after each end, and readers notice nothing', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const reader = read()
	const first = await catalog.next(0)
	first.send(messageAt(1, 100))
	first.send(messageAt(2, 101, [price(2)]))
	await soon(() => expect(reader.prices()).toEqual([2]))
	first.end()
	const second = await catalog.next(1)
	expect(second.token).toBe('at-2-101')
	second.fail(status.UNAVAILABLE, 'SHUTTING_DOWN')
	const third = await catalog.next(2)
	third.send(messageAt(3, 102, [price(3)]))
	await soon(() => expect(reader.prices()).toEqual([2, 3]))
	expect(kindsOf(reader.told)).toEqual(['begin', 'changes', 'changes'])
})

test('readers with the same old token share one catch-up, and cross to the ring with each change once', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	const readers = [read('at-5-50'), read('at-5-50'), read('at-5-50')]
	const catchUp = await catalog.next(1)
	expect(catchUp.token).toBe('at-5-50')
	catchUp.send(messageAt(5, 50))
	catchUp.send(messageAt(8, 60, [price(6), price(7), price(8)]))
	await soon(() => expect(readers.map(({ prices }) => prices())).toEqual(Array(3).fill([6, 7, 8])))
	const late = read('at-5-50')
	expect(late.prices()).toEqual([6, 7, 8])
	// The two watches cut the log at different places.
	watch.send(messageAt(12, 110, [price(11), price(12)]))
	catchUp.send(messageAt(11, 110, [price(9), price(10), price(11)]))
	const all = [...readers, late]
	await soon(() => expect(all.map(({ prices }) => prices())).toEqual(Array(4).fill([6, 7, 8, 9, 10, 11, 12])))
	await soon(() => expect(catalog.open()).toEqual([watch]))
	watch.send(messageAt(13, 111, [price(13)]))
	await soon(() => expect(all.map(({ prices }) => prices().at(-1))).toEqual(Array(4).fill(13)))
	expect(catalog.streams).toHaveLength(2)
})

test('at most four tokens are caught up with at once, and the next one begins when one has arrived', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	const readers = [1, 2, 3, 4, 5, 6].map((position) => read(`at-${position}-50`))
	await catalog.next(4)
	// A call takes no longer than the one before it, so a fifth one would be there by now.
	const mark = read()
	watch.send(messageAt(10, 101, [{ sku: 'MUG', available: 1 }]))
	await soon(() => expect(mark.told.length).toBeGreaterThan(1))
	expect(catalog.streams.map(({ token }) => token)).toEqual(['', 'at-1-50', 'at-2-50', 'at-3-50', 'at-4-50'])
	catalog.streams[1]?.send(messageAt(10, 101, [price(10)]))
	expect((await catalog.next(5)).token).toBe('at-5-50')
	readers[1]?.close()
	expect((await catalog.next(6)).token).toBe('at-6-50')
	await soon(() => expect(catalog.open()).not.toContain(catalog.streams[2]))
})

test('a catch-up that does not arrive gives its turn up in time, and goes on', async () => {
	using opened = await openFeed({ longestTurnMs: 50 })
	const { catalog, read } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	const readers = [1, 2, 3, 4, 5].map((position) => read(`at-${position}-50`))
	expect((await catalog.next(5)).token).toBe('at-5-50')
	for (const stream of catalog.streams.slice(1)) stream.send(messageAt(8, 60, [price(8)]))
	await soon(() => expect(readers.map(({ prices }) => prices())).toEqual(Array(5).fill([8])))
})

test('a catch-up whose readers take nothing gives its turn up', async () => {
	using opened = await openFeed()
	const { catalog, read, hold } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(1_000, 100))
	for (const position of [1, 2, 3, 4, 5]) hold(`at-${position}-50`)
	const paused = await catalog.next(3)
	const many = Array.from({ length: 2_000 }, (_, index) => ({ sku: 'x'.repeat(64), price: index }))
	for (let position = 10; position < 20; position++) paused.send(messageAt(position, 60, many))
	expect((await catalog.next(5)).token).toBe('at-5-50')
})

test('readers whose catch-up has waited too long for its turn begin anew', async () => {
	using opened = await openFeed({ longestWaitMs: 100 })
	const { catalog, read, hold } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	for (const position of [1, 2, 3, 4]) hold(`at-${position}-50`)
	await catalog.next(4)
	const readers = [read('at-5-50'), read('at-5-50')]
	await soon(() => expect(readers.map(({ told }) => kindsOf(told))).toEqual([['reset'], ['reset']]))
	watch.send(messageAt(11, 101, [price(11)]))
	await soon(() => expect(readers.map(({ prices }) => prices())).toEqual([[11], [11]]))
	// Those that have begun go on.
	expect(catalog.open()).toHaveLength(5)
	expect(catalog.streams).toHaveLength(5)
})

test('at most 32 catch-ups are open, however slow their readers are', async () => {
	using opened = await openFeed({ longestTurnMs: 10, longestWaitMs: 3_000 })
	const { catalog, read, hold } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(100, 100))
	const held = Array.from({ length: 32 }, (_, index) => hold(`at-${index}-50`))
	await catalog.next(32)
	const late = read('at-50-50')
	await soon(() => expect(kindsOf(late.told)).toEqual(['reset']))
	read('at-51-50')
	held[0]?.close()
	expect((await catalog.next(33)).token).toBe('at-51-50')
})

test.each([
	[status.OUT_OF_RANGE, 'RESUME_TOKEN_EXPIRED'],
	[status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
])('a token that gets %i %s resets its readers, which get every later change', async (code, reason) => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const other = read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	const readers = [read('at-5-50'), read('at-5-50')]
	const catchUp = await catalog.next(1)
	catchUp.fail(code, reason)
	await soon(() => expect(readers.map(({ told }) => kindsOf(told))).toEqual([['reset'], ['reset']]))
	watch.send(messageAt(11, 101, [price(11)]))
	await soon(() => expect(readers.map(({ prices }) => prices())).toEqual([[11], [11]]))
	expect(kindsOf(other.told)).toEqual(['begin', 'changes'])
	expect(catalog.streams).toHaveLength(2)
})

test('every reader is reset when the token of the shared watch has expired, also one that catches up', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const reader = read()
	const first = await catalog.next(0)
	first.send(messageAt(10, 100))
	await soon(() => expect(reader.told).toHaveLength(1))
	const behind = read('at-5-50')
	await catalog.next(1)
	first.end()
	const second = await catalog.next(2)
	second.fail(status.OUT_OF_RANGE, 'RESUME_TOKEN_EXPIRED')
	const third = await catalog.next(3)
	expect(third.token).toBe('')
	// Nobody is told to read again before the watch has begun.
	expect(kindsOf(reader.told)).toEqual(['begin'])
	third.send(messageAt(4, 120))
	third.send(messageAt(5, 121, [price(5)]))
	await soon(() => expect([reader, behind].map(({ prices }) => prices())).toEqual([[5], [5]]))
	expect([kindsOf(reader.told), kindsOf(behind.told)]).toEqual([
		['begin', 'reset', 'changes'],
		['reset', 'changes'],
	])
	await soon(() => expect(catalog.open()).toEqual([third]))
})

test('a change of a kind that this version does not know is passed over alone', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const reader = read()
	const watch = await catalog.next(0)
	watch.send(messageAt(1, 100))
	const known = messageAt(2, 101, [price(2), price(3)])
	watch.send({ ...known, changes: [{ sku: 'MUG' }, ...(known.changes ?? [])] })
	await soon(() => expect(reader.prices()).toEqual([2, 3]))
	expect(kindsOf(reader.told)).toEqual(['begin', 'changes'])
})

const untellable = (position: number) => ({
	...messageAt(position, 102),
	changes: [{ sku: 'MUG', product: { sku: 'MUG' } }],
})

test('every reader begins anew after a message that cannot be told', async () => {
	const errors: object[] = []
	using opened = await openFeed({}, { ...quiet, error: (facts) => void errors.push(facts) })
	const { catalog, read } = opened
	const reader = read()
	const watch = await catalog.next(0)
	watch.send(messageAt(1, 100))
	await soon(() => expect(reader.told).toHaveLength(1))
	watch.send(untellable(2))
	watch.send(messageAt(3, 103))
	watch.send(messageAt(4, 104, [price(4)]))
	await soon(() => expect(kindsOf(reader.told)).toEqual(['begin', 'reset', 'changes']))
	expect([reader.prices(), errors]).toMatchObject([[4], [{ err: { code: 'CATALOG_ERROR' } }]])
	expect(catalog.streams).toHaveLength(1)
})

test('the readers of a catch-up begin anew after a message that cannot be told, and no others', async () => {
	const errors: object[] = []
	using opened = await openFeed({}, { ...quiet, error: (facts) => void errors.push(facts) })
	const { catalog, read } = opened
	const other = read()
	const watch = await catalog.next(0)
	watch.send(messageAt(10, 100))
	const reader = read('at-5-50')
	const catchUp = await catalog.next(1)
	catchUp.send(messageAt(6, 60, [price(6)]))
	catchUp.send(untellable(7))
	await soon(() => expect(kindsOf(reader.told)).toEqual(['changes', 'reset']))
	watch.send(messageAt(11, 101, [price(11)]))
	await soon(() => expect([reader.prices(), other.prices()]).toEqual([[6, 11], [11]]))
	expect(errors).toHaveLength(1)
	await soon(() => expect(catalog.open()).toEqual([watch]))
})

test('a reader that does not take what it catches up with holds one megabyte, and gets it all in the end', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	read()
	const watch = await catalog.next(0)
	watch.send(messageAt(1_000, 100))
	const reader = read('at-5-50')
	const catchUp = await catalog.next(1)
	const many = (from: number) => Array.from({ length: 500 }, (_, index) => price(from + index))
	for (let position = 0; position < 100; position++) catchUp.send(messageAt(6 + position, 60, many(500 * position)))
	await soon(() => expect(reader.prices()).toHaveLength(50_000))
	expect(reader.prices()).toEqual(Array.from({ length: 50_000 }, (_, index) => index))
	expect(reader.isLost()).toBe(false)
})

test('a reader of the ring that is too slow loses its place', async () => {
	using opened = await openFeed()
	const { catalog, read } = opened
	const fast = read()
	const watch = await catalog.next(0)
	watch.send(messageAt(1, 100))
	await soon(() => expect(fast.told).toHaveLength(1))
	using _other = await openFeed()
	const many = Array.from({ length: 2_000 }, (_, index) => ({ sku: 'x'.repeat(64), price: index }))
	for (let position = 2; position < 40; position++) watch.send(messageAt(position, 100, many))
	await soon(() => expect(fast.told).toHaveLength(39))
	// Its last token was pushed out by later messages.
	read('at-1-100')
	expect((await catalog.next(1)).token).toBe('at-1-100')
})
