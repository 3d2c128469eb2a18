import { setImmediate as turn } from 'node:timers/promises'
import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test } from 'vitest'
import { controlledBatcher, ItemsFault, OutOfTimeError, OverloadedError } from './controlled-batcher.ts'

const done = (...items: string[]) => items.map((item) => ({ status: 'fulfilled', value: `${item} done` }))

describe('A batcher', () => {
	test('starts a single item at once', async () => {
		const batcher = controlledBatcher()
		const answer = await batcher.begin('a')
		expect(batcher.batches()).toEqual([['a']])
		await batcher.finishLatest()
		expect(await answer()).toEqual(done('a'))
	})

	test('puts the items of one turn of the event loop into one batch', async () => {
		const batcher = controlledBatcher()
		const answers = await batcher.begin('a', 'b', 'c')
		expect(batcher.batches()).toEqual([['a', 'b', 'c']])
		await batcher.finishLatest()
		expect(await answers()).toEqual(done('a', 'b', 'c'))
	})

	test('with process.nextTick puts only the items of one callback into a batch', async () => {
		const batcher = controlledBatcher({ gather: process.nextTick })
		const answers = [batcher.submit('a')]
		await Promise.resolve().then(() => answers.push(batcher.submit('b')))
		setImmediate(() => answers.push(batcher.submit('c')))
		await turn()
		expect(batcher.batches()).toEqual([['a', 'b']])
		await batcher.finishLatest()
		expect(batcher.batches()).toEqual([['a', 'b'], ['c']])
		await batcher.finishLatest()
		expect(await Promise.all(answers)).toEqual(['a done', 'b done', 'c done'])
	})

	test('collects items while a batch runs, and gives each item its own result', async () => {
		const batcher = controlledBatcher()
		const first = await batcher.begin('a')
		const others = [await batcher.begin('b'), await batcher.begin('c', 'd')]
		expect(batcher.batches()).toEqual([['a']])
		await batcher.finishLatest()
		expect(batcher.batches()).toEqual([['a'], ['b', 'c', 'd']])
		await batcher.finishLatest()
		expect(await first()).toEqual(done('a'))
		expect(await Promise.all(others.map((answers) => answers()))).toEqual([done('b'), done('c', 'd')])
	})

	test('collects items only while mostBatches batches run', async () => {
		const batcher = controlledBatcher({ mostBatches: 2 })
		const answers = [
			await batcher.begin('a'),
			await batcher.begin('b'),
			await batcher.begin('c'),
			await batcher.begin('d'),
		]
		expect(batcher.batches()).toEqual([['a'], ['b']])
		batcher.runs[0]?.finish()
		await turn()
		await turn()
		expect(batcher.batches()).toEqual([['a'], ['b'], ['c', 'd']])
		for (const run of batcher.runs) run.finish()
		expect(await Promise.all(answers.map((answer) => answer()))).toEqual([done('a'), done('b'), done('c'), done('d')])
	})

	test('puts at most mostItems items into a batch', async () => {
		const batcher = controlledBatcher({ mostItems: 2 })
		const answers = await batcher.begin('a', 'b', 'c')
		for (let count = 0; count < 2; count++) await batcher.finishLatest()
		expect(batcher.batches()).toEqual([['a', 'b'], ['c']])
		expect(await answers()).toEqual(done('a', 'b', 'c'))
	})

	test('puts at most mostWeight into a batch, except for a single heavier item', async () => {
		const batcher = controlledBatcher({ weigh: (item) => item.length, mostWeight: 4 })
		const answers = await batcher.begin('bb', 'cc', 'd', 'eeeeeee', 'f')
		for (let count = 0; count < 4; count++) await batcher.finishLatest()
		expect(batcher.batches()).toEqual([['bb', 'cc'], ['d'], ['eeeeeee'], ['f']])
		expect(await answers()).toEqual(done('bb', 'cc', 'd', 'eeeeeee', 'f'))
	})
})

describe('A batcher refuses', () => {
	test('an item when too many items wait, and accepts items again later', async () => {
		const batcher = controlledBatcher({ mostWaiting: 2 })
		const first = await batcher.begin('a')
		const waiting = await batcher.begin('b', 'c')
		await expect(batcher.submit('d')).rejects.toThrow(OverloadedError)
		await batcher.finishLatest()
		const again = await batcher.begin('d')
		for (let count = 0; count < 2; count++) await batcher.finishLatest()
		expect([await first(), await waiting(), await again()]).toEqual([done('a'), done('b', 'c'), done('d')])
		expect(batcher.batches()).toEqual([['a'], ['b', 'c'], ['d']])
	})

	test('an item that would have to wait and has no time left', async () => {
		const batcher = controlledBatcher()
		const first = await batcher.begin('a')
		await expect(batcher.submit('late', -1)).rejects.toThrow(OutOfTimeError)
		await batcher.finishLatest()
		expect(await first()).toEqual(done('a'))
		expect(batcher.batches()).toEqual([['a']])
	})

	test('a waiting item whose deadline is over', async () => {
		const batcher = controlledBatcher()
		const first = await batcher.begin('a')
		const deadline = performance.now() + 10
		const late = expect(batcher.submit('late', 5)).rejects.toThrow(OutOfTimeError)
		await eventually(() => expect(performance.now()).toBeGreaterThan(deadline))
		await batcher.finishLatest()
		await late
		expect(await first()).toEqual(done('a'))
		expect(batcher.batches()).toEqual([['a']])
	})
})

test('A batch has time until the latest deadline of its items', async () => {
	const batcher = controlledBatcher()
	const startedAt = performance.now()
	const answers = Promise.all([batcher.submit('a', 10_000), batcher.submit('b', 90_000), batcher.submit('c', 20_000)])
	await turn()
	expect(batcher.runs[0]?.deadline).toBeGreaterThanOrEqual(startedAt + 90_000)
	await batcher.finishLatest()
	await answers
})

describe('An item whose caller has left', () => {
	test('before it was submitted does not run', async () => {
		const batcher = controlledBatcher()
		await expect(batcher.submit('a', 60_000, AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
		await turn()
		expect(batcher.batches()).toEqual([])
	})

	test('while it waits does not run', async () => {
		const batcher = controlledBatcher()
		const leaving = new AbortController()
		const first = await batcher.begin('a')
		const second = await batcher.begin('b')
		const left = expect(batcher.submit('c', 60_000, leaving.signal)).rejects.toThrow('left')
		leaving.abort(new Error('left'))
		for (let count = 0; count < 2; count++) await batcher.finishLatest()
		await left
		expect([await first(), await second()]).toEqual([done('a'), done('b')])
		expect(batcher.batches()).toEqual([['a'], ['b']])
	})

	test('after its batch started still gets its result', async () => {
		const batcher = controlledBatcher()
		const leaving = new AbortController()
		const answer = batcher.submit('a', 60_000, leaving.signal)
		await turn()
		leaving.abort(new Error('left'))
		await batcher.finishLatest()
		expect(await answer).toBe('a done')
	})
})

describe('After an error', () => {
	test('that belongs to one item, only that item fails', async () => {
		const batcher = controlledBatcher()
		const answers = await batcher.begin('a', 'b', 'c')
		const refusal = new Error('not b')
		await batcher.finishLatest(['a done', refusal, 'c done'])
		expect(await answers()).toEqual([...done('a'), { status: 'rejected', reason: refusal }, ...done('c')])
	})

	test('that one item caused, the items of the batch run one by one, and only the faulty item fails', async () => {
		const culprit = new ItemsFault('bad item')
		const batches: string[][] = []
		const batcher = controlledBatcher({
			async run(items) {
				batches.push(items)
				if (items.includes('bad')) throw culprit
				return items.map((item) => `${item} done`)
			},
		})
		const answers = await batcher.begin('b', 'bad', 'c')
		expect(await answers()).toEqual([...done('b'), { status: 'rejected', reason: culprit }, ...done('c')])
		expect(batches).toEqual([['b', 'bad', 'c'], ['b'], ['bad'], ['c']])
	})

	test('of any other kind, the whole batch fails, and the next batch runs', async () => {
		const batcher = controlledBatcher()
		const answers = await batcher.begin('b', 'c')
		const trouble = new Error('the database is gone')
		batcher.runs.at(-1)?.fail(trouble)
		expect(await answers()).toEqual([
			{ status: 'rejected', reason: trouble },
			{ status: 'rejected', reason: trouble },
		])
		const next = await batcher.begin('d')
		await batcher.finishLatest()
		expect(await next()).toEqual(done('d'))
	})

	test('that a single item caused, that item does not run again', async () => {
		const batcher = controlledBatcher()
		const answers = await batcher.begin('bad')
		batcher.runs[0]?.fail(new ItemsFault('bad item'))
		expect(await answers()).toMatchObject([{ status: 'rejected', reason: { message: 'bad item' } }])
		expect(batcher.batches()).toEqual([['bad']])
	})
})
