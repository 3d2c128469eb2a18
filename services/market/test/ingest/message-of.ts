import type { SourceMessage } from '../../src/ticks/source-message.ts'

/** A message with so many ticks that came now. */
export function messageOf(seq: number, ticks = 1, facts: Partial<SourceMessage> = {}): SourceMessage {
	return {
		seq,
		isSnapshot: false,
		ticks: Array.from({ length: ticks }, () => ({
			sku: 'MUG-1',
			amountMinor: 1_290,
			currency: 'EUR',
			available: undefined,
			atMs: 0,
		})),
		bad: [],
		bytes: 100,
		cameAt: performance.now(),
		...facts,
	}
}
