import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showLoadProgress } from '../../src/load/load-progress.ts'
import { createTally } from '../../src/load/sending/load-counts.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => vi.useRealTimers())

function writtenTo({ isTTY }: { isTTY: boolean }) {
	const lines: string[] = []
	const tally = createTally()
	const progress = showLoadProgress(tally, { isTTY, write: (text: string) => lines.push(text) > 0 })
	return { lines, tally, progress }
}

test('a terminal shows each second what has happened in it', () => {
	const { lines, tally, progress } = writtenTo({ isTTY: true })
	tally.counts.placed = 20
	tally.count('refused', 'OUT_OF_STOCK')
	tally.answered(4)
	vi.advanceTimersByTime(1_000)
	tally.counts.placed = 45
	tally.counts.late = 3
	tally.count('errors', 'no answer')
	tally.answered(80)
	vi.advanceTimersByTime(1_000)
	progress[Symbol.dispose]()
	vi.advanceTimersByTime(5_000)
	expect(lines).toEqual([
		'20 placed, 1 refused, 0 errors, p50 4.0 ms, p99 4.0 ms\n',
		'25 placed, 0 refused, 1 errors, p50 80 ms, p99 80 ms, 3 late\n',
	])
})

test('a file gets only the notes', () => {
	const { lines, progress } = writtenTo({ isTTY: false })
	vi.advanceTimersByTime(3_000)
	progress.note('the order service answers again')
	expect(lines).toEqual(['mercat: the order service answers again\n'])
	progress[Symbol.dispose]()
})
