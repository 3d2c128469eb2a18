import { expect, test } from 'vitest'
import { createSampledLog } from '../../src/ingest/sampled-log.ts'

test('of a flood, the first line is written, and then one every 10 s, which tells how many there were', () => {
	const lines: unknown[] = []
	const write = (facts: unknown, text?: string) => lines.push([text, facts])
	let now = 0
	const log = createSampledLog({ info: write, warn: write }, () => now)
	log.warn('bad', { seq: 1 })
	for (now = 1; now < 10_000; now++) log.warn('bad', { seq: now })
	log.info('other', {})
	log.warn('bad', { seq: 10_000 })
	expect(lines).toEqual([
		['bad', { seq: 1, count: 1 }],
		['other', { count: 1 }],
		['bad', { seq: 10_000, count: 10_000 }],
	])
})
