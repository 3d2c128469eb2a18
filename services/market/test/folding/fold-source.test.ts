import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test, vi } from 'vitest'
import { accepted, refused } from '../../src/checking/verdict.ts'
import { type FoldedBlock, type FoldSourceNeeds, foldSource } from '../../src/folding/fold-source.ts'
import type { SourceMessage } from '../../src/ticks/source-message.ts'

function message(seq: number): SourceMessage {
	const tick = { sku: 'GOLD', currency: 'EUR', amountMinor: seq, available: undefined, atMs: seq }
	return { seq, isSnapshot: false, ticks: [tick], bad: [], bytes: 1, cameAt: seq }
}

/** Folds messages that are there at once, each alone, and records what happens. */
function fold(messages: SourceMessage[], needs: Partial<FoldSourceNeeds> = {}, mostOpenBars?: number) {
	const events: string[] = []
	const blocks: FoldedBlock[] = []
	const queue = [...messages]
	const folding = foldSource(
		{
			take: async () => queue.splice(0, 1),
			judge: () => accepted,
			append: async ({ block, foldedSeq }) => {
				events.push(`append ${block} up to ${foldedSeq}`)
				return true
			},
			startSpan: () => ({ trace: undefined, end() {} }),
			bars: { add: (block) => events.push(`bars of ${block}`), size: () => 0, store: async () => {} },
			folded(block) {
				events.push(`folded ${block.block}`)
				blocks.push(block)
			},
			lost: () => events.push('lost'),
			log: { warn: (_, text) => events.push(text), info: (_, text) => events.push(text) },
			...needs,
		},
		{ block: 6, mostOpenBars },
	)
	return { folding, events, blocks, waiting: () => queue.length }
}

describe('the folding of a source', () => {
	test('stores a block before its bars and its prices are told, and numbers blocks without a gap', async () => {
		const { folding, events, blocks } = fold([message(11), message(12)])
		await folding.over
		expect(events).toEqual(['append 7 up to 11', 'bars of 7', 'folded 7', 'append 8 up to 12', 'bars of 8', 'folded 8'])
		expect(blocks[0]?.ticks).toEqual([
			{
				sku: 'GOLD',
				currency: 'EUR',
				amountMinor: 11,
				available: undefined,
				atMs: 11,
				seq: 11,
				verdict: accepted,
				cameAt: 11,
			},
		])
	})

	test('judges each tick once, however often its block is stored, and takes nothing meanwhile', async () => {
		let failures = 3
		let judged = 0
		const appended: number[] = []
		const { folding, events, waiting } = fold([message(1), message(2)], {
			judge() {
				judged++
				return refused('TOO_OLD')
			},
			async append({ block }) {
				appended.push(block)
				if (failures-- <= 0) return true
				expect(waiting()).toBe(1)
				throw new Error('away')
			},
		})
		await folding.over
		expect(judged).toBe(2)
		expect(appended).toEqual([7, 7, 7, 7, 8])
		expect(events.slice(0, 2)).toEqual(['ticks cannot be stored; they are stored again', 'ticks are stored again'])
	})

	test('ends when another process has the source, and tells nothing of the block', async () => {
		const { folding, events, waiting } = fold([message(1), message(2)], { append: async () => false })
		await folding.over
		expect(events).toEqual(['lost'])
		expect(waiting()).toBe(1)
	})

	test('takes no ticks while too many bars wait', async () => {
		let size = 0
		let isAway = true
		const { folding, waiting } = fold(
			[message(1), message(2), message(3)],
			{
				bars: {
					add: () => size++,
					size: () => size,
					async store() {
						if (isAway) throw new Error('away')
						size = 0
					},
				},
			},
			1,
		)
		await eventually(() => expect(size).toBe(2))
		expect(waiting()).toBe(1)
		isAway = false
		await folding.over
		expect(waiting()).toBe(0)
	})

	test('ends while it waits for messages', async () => {
		const { folding } = fold([], { take: () => new Promise(() => {}) })
		await folding[Symbol.asyncDispose]()
	})

	test('ends while the database is away', async () => {
		const append = vi.fn(async () => {
			throw new Error('away')
		})
		const { folding, events } = fold([message(1)], { append })
		await eventually(() => expect(append.mock.calls.length).toBeGreaterThan(2))
		await folding[Symbol.asyncDispose]()
		expect(events).toEqual(['ticks cannot be stored; they are stored again'])
	})
})
