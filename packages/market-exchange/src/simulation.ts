import { currencyDigits } from '@mercat/catalog-api/currencies'
import type { ExchangeTick } from './exchange-tick.ts'
import { normalFrom, wholeFrom } from './random.ts'
import type { SimulatedProduct } from './simulated-products.ts'

/** Prices that move at random. The same options give the same prices. */
export type Simulation = {
	/** A tick of every product, with its present price. */
	all(atMs: number): ExchangeTick[]
	/** Moves so many prices, of products chosen at random. */
	next(count: number, atMs: number): ExchangeTick[]
	/** From now on all prices are in another currency, with the same digits before the point. */
	switchCurrency(currency: string): void
	/** From now on the ticks are the last ones again and again, with their time. */
	stick(): void
}

export type SimulationOptions = {
	products: readonly SimulatedProduct[]
	random: () => number
	/** The standard deviation of a step, in percent of the price. */
	stepPercent?: number
	/** The share of the way back to its first price that a price goes with each step. 0 for a plain random walk. */
	pull?: number
	/** The share of the ticks that have ten times the price, or a tenth of it. The walk does not follow them. */
	jumps?: number
	/** How far the clock of the source is ahead. */
	clockOffsetMs?: number
}

type Walk = SimulatedProduct & {
	/** The logarithm of the price over its first one. */
	level: number
	factor: number
	/** When its last tick was made. */
	last?: ExchangeTick
}

const jumpFactor = 10

export function createSimulation({
	products,
	random,
	stepPercent = 0.5,
	pull = 0.002,
	jumps = 0,
	clockOffsetMs = 0,
}: SimulationOptions): Simulation {
	const walks = products.map((product): Walk => ({ ...product, level: 0, factor: 1 }))
	let isStuck = false

	function tickOf(walk: Walk, atMs: number, jump = 1): ExchangeTick {
		if (isStuck && walk.last !== undefined) return walk.last
		const { sku, currency, available, level, factor, amountMinor } = walk
		const price = Math.max(1, Math.round(amountMinor * factor * Math.exp(level) * jump))
		walk.last = { sku, price, currency, available, at: atMs + clockOffsetMs }
		return walk.last
	}

	function step(walk: Walk): void {
		walk.level += (normalFrom(random) * stepPercent) / 100 - walk.level * pull
		walk.available = Math.max(0, walk.available + wholeFrom(random, 3) - 1)
	}

	return {
		all: (atMs) => walks.map((walk) => tickOf(walk, atMs)),
		next(count, atMs) {
			return Array.from({ length: count }, () => {
				const walk = walks[wholeFrom(random, walks.length)] as Walk
				step(walk)
				const isJump = jumps > 0 && random() < jumps
				return tickOf(walk, atMs, isJump ? jumpFactor ** (random() < 0.5 ? 1 : -1) : 1)
			})
		},
		switchCurrency(currency) {
			for (const walk of walks) {
				walk.factor *= 10 ** ((currencyDigits(currency) ?? 0) - (currencyDigits(walk.currency) ?? 0))
				walk.currency = currency
			}
		},
		stick() {
			isStuck = true
		},
	}
}
