import type { AnalysisRequest } from './analysis.ts'
import type { FirstPrice } from './judging/judge-again.ts'
import type { BlockToJudge, JudgingPart } from './judging/judging-part.ts'

type StoredBlock = { block: number; begunAtMs: number; ticks: Uint8Array }
/** The first price of the day; null when there was none. */
type PriceOfDay = { sku: string; firstMinor: number | null; firstAtMs: number | null }

export type AnalysedTicksNeeds = {
	/** The first and the last block of a source that were folded in a time; undefined when there are none. */
	findSpan(source: string, fromMs: number, toMs: number): Promise<{ first: number; last: number } | undefined>
	/** The block from which on so many ticks come before a block. */
	findBlockBefore(source: string, block: number, leastTicks: number): Promise<number>
	/** The blocks after one, up to another one, in parts. */
	readBlocks(span: { source: string; after: number; upto: number }): AsyncIterable<StoredBlock[]>
	/** The first prices of a day that were before a time, in parts. */
	readPrices(span: { sinceMs: number; dayMs: number; untilMs: number }): AsyncIterable<PriceOfDay[]>
}

/** The ticks of an analysis, which are read part by part. */
export type AnalysedTicks = {
	parts: AsyncGenerator<JudgingPart>
	/** How many percent of the blocks were read. */
	percent(): number
	/** How many blocks of the result were deleted before they were read, once all parts were. */
	missingBlocks(): number
}

const dayMs = 86_400_000

/**
 * Reads the ticks of an analysis. As after a start of the service, the ticks before them come first, so that the windows are full,
 * and before these the first prices of the day.
 *
 * @param leastTicks how many ticks come before, if there are so many
 */
export function readAnalysedTicks(
	{ findSpan, findBlockBefore, readBlocks, readPrices }: AnalysedTicksNeeds,
	{ source, from, to }: Pick<AnalysisRequest, 'source' | 'from' | 'to'>,
	leastTicks: number,
): AnalysedTicks {
	let blocks = 0
	let blocksRead = 0
	let missing = 0

	async function* read(): AsyncGenerator<JudgingPart> {
		const span = await findSpan(source, from.getTime(), to.getTime())
		if (span === undefined) return
		const { first, last } = span
		const begin = await findBlockBefore(source, first, leastTicks)
		blocks = last - begin + 1
		missing = last - first + 1
		for await (const page of readBlocks({ source, after: begin - 1, upto: last })) {
			if (blocksRead === 0) yield* readFirsts(page)
			blocksRead += page.length
			const toJudge = page.map((block) => ({ ...pack(block), isCounted: block.block >= first }))
			missing -= toJudge.filter(({ isCounted }) => isCounted).length
			yield { kind: 'blocks', blocks: toJudge }
		}
	}

	async function* readFirsts([block]: readonly StoredBlock[]): AsyncGenerator<JudgingPart> {
		const { begunAtMs } = block as StoredBlock
		const beginOfDay = begunAtMs - (begunAtMs % dayMs)
		const pages = readPrices({ sinceMs: beginOfDay, dayMs: beginOfDay, untilMs: begunAtMs })
		for await (const page of pages) yield { kind: 'firsts', prices: page.flatMap(firstOf) }
	}

	return {
		parts: read(),
		percent: () => (blocks === 0 ? 0 : Math.floor((100 * blocksRead) / blocks)),
		missingBlocks: () => missing,
	}
}

function firstOf({ sku, firstMinor, firstAtMs }: PriceOfDay): FirstPrice[] {
	return firstMinor === null || firstAtMs === null ? [] : [{ sku, amountMinor: firstMinor, atMs: firstAtMs }]
}

/** The memory of a row may be that of other rows, too. */
function pack({ begunAtMs, ticks }: StoredBlock): Omit<BlockToJudge, 'isCounted'> {
	return { begunAtMs, ticks: new Uint8Array(ticks) }
}
