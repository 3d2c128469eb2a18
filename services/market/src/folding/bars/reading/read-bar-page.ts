import type { Budget } from '@mercat/service/budget'
import { type Bar, type Step, stepMs } from '../bar.ts'
import type { Span } from '../bar-span.ts'
import type { BarRequest, ReadBars } from '../read-bars.ts'

export type ReadBarPageNeeds = {
	readBars: ReadBars
	/** When the stored bar begins that has so many bars before it in the span. */
	findBegin(step: Step, sku: string, span: Span, before: number, budget?: Budget): Promise<number | undefined>
}

export type BarPageRequest = BarRequest & {
	/** How many bars a page has. It has all bars of its steps, so a few more where prices have several currencies. */
	most: number
}

/** @property nextMs where the next page begins, if there is one */
export type BarPage = { bars: Bar[]; nextMs: number | undefined }

export type ReadBarPage = (request: BarPageRequest, budget?: Budget) => Promise<BarPage>

/** Reads the first bars of a span, however long it is. */
export function createReadBarPage({ readBars, findBegin }: ReadBarPageNeeds): ReadBarPage {
	return async ({ sku, step, fromMs, toMs, most }, budget) => {
		const foundMs = await findBegin(step, sku, { fromMs, toMs }, most, budget)
		// The step of that bar, too, for the page that a single step fills.
		const endMs = foundMs === undefined ? toMs : Math.min(foundMs + stepMs[step], toMs)
		const bars = await readBars({ sku, step, fromMs, toMs: endMs }, budget)
		const page = cutAtStep(bars, most, stepMs[step])
		return { bars: page.bars, nextMs: page.nextMs ?? (endMs < toMs ? endMs : undefined) }
	}
}

function cutAtStep(bars: Bar[], most: number, lengthMs: number): BarPage {
	const next = bars[most]
	if (next === undefined) return { bars, nextMs: undefined }
	const whole = bars.filter(({ beginMs }) => beginMs < next.beginMs)
	if (whole.length > 0) return { bars: whole, nextMs: next.beginMs }
	const nextMs = next.beginMs + lengthMs
	return { bars: bars.filter(({ beginMs }) => beginMs < nextMs), nextMs }
}
