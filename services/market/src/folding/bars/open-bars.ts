import { isInBars } from '../../checking/verdict.ts'
import type { JudgedTick } from '../blocks/judged-tick.ts'
import { addPrice, barOf, type SecondBar } from './bar.ts'

/** The bars of the ticks of some blocks of a source: those after `after`, up to `upto`. */
export type BarPart = {
	after: number
	upto: number
	/** How many bars there are. */
	size: number
	/** By sku. The bars of a product are in no order, but the last ones are mostly those of the last seconds. */
	bars: Map<string, SecondBar[]>
}

/** The bars of a product in a part that begins after a block. */
export type SkuBars = { after: number; bars: SecondBar[] }

/**
 * The bars of 1 s of a source that are not stored yet: a part that is being stored, and the part after it, which grows.
 *
 * @param stored the last block whose ticks are in stored bars
 */
export function createOpenBars(stored: number) {
	let storing: BarPart | undefined
	let growing = emptyPart(stored)

	return {
		/**
		 * Adds the accepted ticks of the next block. A block that was added before changes nothing.
		 *
		 * @returns false when blocks before it are missing
		 */
		add(block: number, ticks: readonly JudgedTick[]): boolean {
			if (block <= growing.upto) return true
			if (block > growing.upto + 1) return false
			for (const tick of ticks) if (isInBars(tick.verdict)) addTick(growing, tick)
			growing.upto = block
			return true
		},

		/** The last block whose ticks are in stored bars. */
		storedUpto: () => (storing ?? growing).after,

		/** The last block that was added. */
		last: () => growing.upto,

		/** The part that is to be stored next. It stays the same until it is stored. Undefined when all ticks are in stored bars. */
		take(): BarPart | undefined {
			if (storing === undefined && growing.upto > growing.after) {
				storing = growing
				growing = emptyPart(storing.upto)
			}
			return storing
		},

		/** The part that was taken is stored. */
		stored(): void {
			storing = undefined
		},

		/** How many bars wait. */
		size: () => growing.size + (storing?.size ?? 0),

		/** Copies of the bars of a product, by part. */
		ofSku: (sku: string): SkuBars[] =>
			[storing, growing].flatMap((part) => {
				const bars = part?.bars.get(sku)
				if (part === undefined || bars === undefined) return []
				return { after: part.after, bars: bars.map((bar) => ({ ...bar })) }
			}),
	}
}

function emptyPart(after: number): BarPart {
	return { after, upto: after, size: 0, bars: new Map() }
}

function addTick(part: BarPart, { sku, currency, amountMinor, atMs }: JudgedTick): void {
	const ms = atMs % 1_000
	const bars = part.bars.get(sku)
	const bar = bars?.findLast(({ beginMs, currency: ofBar }) => beginMs === atMs - ms && ofBar === currency)
	if (bar !== undefined) {
		addPrice(bar, amountMinor, ms)
		return
	}
	part.size++
	if (bars === undefined) part.bars.set(sku, [barOf(currency, amountMinor, atMs)])
	else bars.push(barOf(currency, amountMinor, atMs))
}
