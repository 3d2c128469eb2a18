import { type Database, openDatabase } from '@mercat/database/database'
import { expect } from 'vitest'
import { steps } from '../../../src/folding/bars/bar.ts'
import { createBarReadStore } from '../../../src/folding/bars/bar-read-store.ts'
import { createReadBars } from '../../../src/folding/bars/read-bars.ts'
import { createTickBlockStore } from '../../../src/folding/blocks/tick-block-store.ts'
import { plainBars } from '../../folding/bars/plain-bars.ts'
import { source } from './live-market.ts'
import type { RecordedTick, SourceRecord } from './source-record.ts'

/** Expects that the database of a stopped market has each tick once and in order, with its verdict, and the bars of the accepted ones. */
export async function expectStored(url: string, record: SourceRecord, skus: readonly string[]): Promise<void> {
	await using database = await openDatabase(url)
	const stored = await readTexts(database)
	const sent = record.ticks.map(textOf)
	const place = sent.findIndex((text, index) => stored[index] !== text)
	expect(stored.slice(place, place + 3), `tick ${place} of ${sent.length}`).toEqual(sent.slice(place, place + 3))
	expect(stored).toHaveLength(sent.length)

	const readBars = createReadBars({ ...createBarReadStore(database), openBars: () => [] })
	const bySku = Map.groupBy(
		record.ticks.filter(({ isHeld }) => !isHeld),
		({ sku }) => sku,
	)
	for (const sku of skus) {
		for (const step of steps) {
			const bars = await readBars({ sku, step, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER / 4 })
			expect(bars, `${sku} ${step}`).toEqual(plainBars(bySku.get(sku) ?? [], sku, step))
		}
	}
}

/** The ticks of all blocks, which follow each other without a gap. */
async function readTexts(database: Database): Promise<string[]> {
	const texts: string[] = []
	let last = 0
	for await (const { block, ticks } of createTickBlockStore(database).readAfter(source, 0)) {
		expect(block).toBe(last + 1)
		last = block
		for (const { verdict, ...tick } of ticks) {
			const isBad = verdict.kind === 'refuse' && verdict.rule === 'BAD_TICK'
			if (!isBad) texts.push(textOf({ ...tick, isHeld: verdict.kind === 'hold' }))
		}
	}
	return texts
}

function textOf({ seq, sku, amountMinor, currency, available, atMs, isHeld }: RecordedTick): string {
	return `${seq} ${sku} ${amountMinor} ${currency} ${available} ${atMs} ${isHeld ? 'held' : 'accepted'}`
}
