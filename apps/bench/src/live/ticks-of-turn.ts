import { randomFrom } from '@mercat/market-exchange/random'
import { createSimulation } from '@mercat/market-exchange/simulation'
import { liveProducts } from './live-products.ts'

export const secondsOfTurn = 20
const ticksPerSecond = 10_000
const perTick = 1_000 / ticksPerSecond

/** An accepted tick, as the market folds it. */
export type FoldedTick = {
	sku: string
	amountMinor: number
	currency: string
	available: number | undefined
	atMs: number
	seq: number
	verdict: { kind: 'accept'; anew: boolean }
}

/** The ticks of some seconds, in the order of time. They are the same for each contestant. */
export function ticksOfTurn(turn: number, beginMs: number): FoldedTick[] {
	const { next } = createSimulation({ products: liveProducts, random: randomFrom(turn) })
	return Array.from({ length: secondsOfTurn * ticksPerSecond }, (_, seq) => {
		const [tick] = next(1, Math.floor(beginMs + seq * perTick))
		const { sku, price, currency, available, at } = tick as NonNullable<typeof tick>
		const verdict = { kind: 'accept', anew: false } as const
		return { sku, amountMinor: Number(price), currency, available, atMs: Number(at), seq, verdict }
	})
}

export type PlainBar = { sku: string; second: number; ticks: FoldedTick[] }

/** The ticks of each second of each product, in the order of the key of their bars. */
export function barsOf(ticks: readonly FoldedTick[]): PlainBar[] {
	const bars = Map.groupBy(ticks, ({ sku, atMs }) => `${sku} ${Math.floor(atMs / 1_000)}`)
	return [...bars.values()]
		.map((ofBar) => {
			const [{ sku, atMs }] = ofBar as [FoldedTick]
			return { sku, second: Math.floor(atMs / 1_000), ticks: ofBar }
		})
		.sort((one, other) => (one.sku === other.sku ? one.second - other.second : one.sku < other.sku ? -1 : 1))
}

/** A row of `bar_1s` as `COPY` reads it. */
export function toCopyLine({ sku, second, ticks }: PlainBar): string {
	const amounts = ticks.map(({ amountMinor }) => amountMinor)
	const [first, last] = [ticks[0], ticks.at(-1)] as [FoldedTick, FoldedTick]
	const begin = new Date(1_000 * second).toISOString()
	const prices = [first.amountMinor, Math.max(...amounts), Math.min(...amounts), last.amountMinor]
	return [begin, ...prices, ticks.length, first.atMs % 1_000, last.atMs % 1_000, first.currency, sku].join('\t')
}

export const copyColumns = 'begin, open, high, low, close, ticks, open_ms, close_ms, currency, sku'
