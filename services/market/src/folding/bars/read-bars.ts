import type { Budget } from '@mercat/service/budget'
import { type Bar, combineBars, inOrder, type LargerStep, type Step, smallerThan, stepMs } from './bar.ts'
import { type DirtyBar, type FoundSeconds, isInSpans, joinSteps, type Span } from './bar-span.ts'
import { addOpenBars, type OpenBarsOfSource } from './open-seconds.ts'

export type ReadBarsNeeds = {
	findDirty(sku: string, budget?: Budget): Promise<DirtyBar[]>
	readSeconds(sku: string, spans: readonly Span[], budget?: Budget): Promise<FoundSeconds>
	/** Bars of a larger step that began in some spans, as they are stored. */
	readLarger(step: LargerStep, sku: string, spans: readonly Span[], budget?: Budget): Promise<Bar[]>
	/** The bars of a product that this process has not stored yet. */
	openBars(sku: string): OpenBarsOfSource[]
}

export type BarRequest = Span & { sku: string; step: Step }

export type ReadBars = (request: BarRequest, budget?: Budget) => Promise<Bar[]>

/** What is known of a product before its bars are read. */
type Reading = {
	sku: string
	/** The larger bars that are not right as they are stored. */
	dirty: readonly DirtyBar[]
	open: readonly OpenBarsOfSource[]
	budget: Budget | undefined
}

/**
 * Reads the bars of a product whose steps begin in a span, in the order of time. A bar that is not made yet, or that is to be made
 * again, is made of smaller ones meanwhile. Of a source that another process follows, the ticks of the last seconds are missing.
 */
export function createReadBars({ findDirty, readSeconds, readLarger, openBars }: ReadBarsNeeds): ReadBars {
	async function read(reading: Reading, step: Step, spans: readonly Span[]): Promise<Bar[]> {
		const { sku, dirty, open, budget } = reading
		if (step === '1s') return addOpenBars(await readSeconds(sku, spans, budget), open, spans)
		const begins = dirtyBegins(dirty, step).filter((beginMs) => isInSpans(spans, beginMs))
		const [stored, smaller] = await Promise.all([
			readLarger(step, sku, spans, budget),
			begins.length === 0 ? [] : read(reading, smallerThan(step), joinSteps(begins, stepMs[step])),
		])
		const right = stored.filter(({ beginMs }) => !begins.includes(beginMs))
		return [...right, ...combineBars(smaller, step)].sort(inOrder)
	}

	return async ({ sku, step, ...span }, budget) => {
		const open = openBars(sku)
		const dirty = step === '1s' ? [] : [...(await findDirty(sku, budget)), ...open.flatMap(minutesOf)]
		const bars = await read({ sku, dirty, open, budget }, step, [span])
		return bars.map(toBar)
	}
}

/** Each step that holds a dirty bar of its own length or of a smaller one. */
function dirtyBegins(dirty: readonly DirtyBar[], step: LargerStep): number[] {
	const length = stepMs[step]
	const inside = dirty.filter((bar) => stepMs[bar.step] <= length)
	return [...new Set(inside.map(({ beginMs }) => beginMs - (beginMs % length)))]
}

function minutesOf({ bars }: OpenBarsOfSource): DirtyBar[] {
	return bars.map(({ beginMs }) => ({ step: '1m', beginMs: beginMs - (beginMs % stepMs['1m']) }))
}

/** Without what only bars of 1 s have. */
function toBar({ beginMs, currency, open, high, low, close, ticks }: Bar): Bar {
	return { beginMs, currency, open, high, low, close, ticks }
}
