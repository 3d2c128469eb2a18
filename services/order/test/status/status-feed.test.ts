import type { Status } from '@mercat/order-api/status-schemas'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { exampleStatus } from '../../src/openapi/example-status.ts'
import { createStatusFeed } from '../../src/status/status-feed.ts'

/** Counts how often anybody began to take statuses, and how many were taken. */
function countedStatuses() {
	const counts = { begun: 0, taken: 0 }
	const beginToTake = () => {
		counts.begun++
		return async (): Promise<Status> => ({ ...exampleStatus, streams: ++counts.taken })
	}
	return { counts, beginToTake }
}

const log = {
	error(facts: object) {
		throw new Error('a status could not be taken', { cause: facts })
	},
}
const streamsOf = (text: string) => (JSON.parse(text) as Status).streams

test('no status is taken while nobody reads', async () => {
	const { counts, beginToTake } = countedStatuses()
	using feed = createStatusFeed({ beginToTake, log }, { intervalMs: 10, idleMs: 50 })
	expect(counts).toEqual({ begun: 0, taken: 0 })
	await feed.current()
	let before = 0
	await eventually(
		() => {
			const taken = counts.taken - before
			before = counts.taken
			expect(taken).toBe(0)
		},
		{ interval: 100 },
	)
	expect(counts.taken).toBeGreaterThan(1)
	await feed.current()
	expect(counts.begun).toBe(2)
})

test('all readers get the same text, which is written once', async () => {
	const { counts, beginToTake } = countedStatuses()
	using feed = createStatusFeed({ beginToTake, log }, { intervalMs: 20 })
	const seen: [string[], string[]] = [[], []]
	feed.follow((text) => seen[0].push(text))
	feed.follow((text) => seen[1].push(text))
	await eventually(() => expect(seen[0].length).toBeGreaterThanOrEqual(3))
	expect(seen[0]).toEqual(seen[1])
	expect(seen[0].map(streamsOf)).toEqual(seen[0].map((_text, index) => index + 1))
	expect(feed.recent()).toEqual(seen[0])
	expect(counts).toEqual({ begun: 1, taken: seen[0].length })
})

test('readers at the same time get one status', async () => {
	const { counts, beginToTake } = countedStatuses()
	using feed = createStatusFeed({ beginToTake, log })
	expect(new Set(await Promise.all([feed.current(), feed.current(), feed.current()])).size).toBe(1)
	await feed.current()
	expect(counts.taken).toBe(1)
})

test('a status that cannot be taken is logged, and the next one is taken', async () => {
	const messages: string[] = []
	let taken = 0
	const beginToTake = () => async () => {
		if (++taken === 1) throw new Error('once')
		return exampleStatus
	}
	using feed = createStatusFeed(
		{ beginToTake, log: { error: (_facts, message) => messages.push(message) } },
		{ intervalMs: 20 },
	)
	expect(await feed.current()).toBe(JSON.stringify(exampleStatus))
	expect(messages).toEqual(['a status could not be taken'])
})
