import { barOf, type EndedPrice, mergeBars, type Price, type PriceBar, toBars } from './price-bars.ts'

/** What is known of a product's history. All times are microseconds since 1970. */
export type History = {
	beginsAt: number
	/** Before this time only bars of days are known. */
	exactSince: number
	/** Bars have the prices that ended before this time. */
	foldedUntil: number
	/** The present price. */
	price: Price & { beganAt: number }
	/** The clock of the database. */
	now: number
}

/** What was read for a page of bars. */
export type FoundBars = {
	history: History
	/** The bars of days from the page's first step on. */
	folded: PriceBar[]
	/** The price at the end of the last folded day before the page. */
	before: Price | undefined
	/** The prices that ended in the page's steps and are not folded, and the one that ended next. */
	prices: EndedPrice[]
	/** Whether more prices ended in the page's steps. The one that ended next is not known then. */
	isCut: boolean
}

/** Where a page ended: the first step of the next page, and the currencies of its bars that have been told. */
export type BarCursor = { step: number; told: string }

export type BarPageRequest = {
	stepUs: number
	/** Undefined when the range begins with the history. */
	from: number | undefined
	/** The first step after the range; infinite when it ends with the history. */
	toStep: number
	after: BarCursor | undefined
	size: number
}

export type BarPage = { bars: PriceBar[]; next: BarCursor | undefined }

/** The page of bars among what was read; undefined when not even its first step was read whole. */
export function toBarPage(found: FoundBars, request: BarPageRequest): BarPage | undefined {
	const { history, folded, prices } = found
	const { stepUs, after, size } = request
	const first = after?.step ?? firstStep(history, request)
	if (first >= request.toStep || first * stepUs > Math.max(history.now, history.price.beganAt)) {
		return { bars: [], next: undefined }
	}
	const end = found.isCut ? stepOf(prices.at(-1) as EndedPrice, stepUs) : request.toStep
	if (end === first) return undefined
	const told = prices.filter((price) => stepOf(price, stepUs) < end)
	const isBeginTold = folded.length > 0 || found.before !== undefined
	const later = toBars(told, {
		stepUs,
		next: prices[told.length] ?? history.price,
		firstStep: isBeginTold ? undefined : Math.floor(history.beginsAt / stepUs),
	})
	const merged = mergeBars(folded, later).filter(({ step }) => step < end)
	const bars = after === undefined ? withFirst(merged, first, found, stepUs) : withoutTold(merged, after)
	if (bars.length > size) return { bars: bars.slice(0, size), next: cursorAt(bars, size, after) }
	return { bars, next: found.isCut ? { step: end, told: '' } : undefined }
}

/** The first step of a range, when it begins with none of its pages. */
function firstStep({ beginsAt, exactSince }: History, { from = 0, stepUs }: BarPageRequest): number {
	return Math.floor(Math.max(from, stepUs === dayUs ? beginsAt : exactSince) / stepUs)
}

export const dayUs = 86_400_000_000

const stepOf = ({ endedAt }: EndedPrice, stepUs: number) => Math.floor(endedAt / stepUs)

function withFirst(bars: PriceBar[], step: number, { history, before, prices }: FoundBars, stepUs: number): PriceBar[] {
	if (bars[0]?.step === step) return bars
	const isFolded = stepUs === dayUs && step * stepUs < history.foldedUntil
	const price = (isFolded ? before : undefined) ?? prices[0] ?? history.price
	return [barOf(step, price, Math.floor(history.beginsAt / stepUs) === step ? 1 : 0), ...bars]
}

function withoutTold(bars: PriceBar[], { step, told }: BarCursor): PriceBar[] {
	const currencies = currenciesIn(told)
	return bars.filter((bar) => bar.step !== step || !currencies.has(bar.currency))
}

function cursorAt(bars: readonly PriceBar[], size: number, after: BarCursor | undefined): BarCursor {
	const { step } = bars[size] as PriceBar
	const told = bars.slice(0, size).filter((bar) => bar.step === step)
	const toldBefore = after?.step === step ? after.told : ''
	return { step, told: toldBefore + told.map(({ currency }) => currency).join('') }
}

/** The currencies of a cursor. Their codes have three letters. */
export function currenciesIn(told: string): Set<string> {
	return new Set(told.match(/.{3}/g))
}
