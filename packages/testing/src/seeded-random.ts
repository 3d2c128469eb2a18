import { randomInt } from 'node:crypto'
import type { onTestFailed } from 'vitest'

export type SeededRandom = {
	/** A number from 0 to 1, without 1. */
	next(): number
	/** A number from `least` to `most`, without `most`. */
	between(least: number, most: number): number
	/** A whole number from 0 to `end` - 1. */
	below(end: number): number
	oneOf<T>(values: readonly T[]): T
	shuffled<T>(values: readonly T[]): T[]
}

/** Random numbers from CHAOS_SEED, or from a new seed, which a failed test prints. */
export function seededRandom(onFailed: typeof onTestFailed): SeededRandom {
	const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31))
	onFailed(() => console.error(`CHAOS_SEED=${seed}`))
	return randomOf(seed)
}

/** Random numbers, always the same ones for a seed (mulberry32). */
export function randomOf(seed: number): SeededRandom {
	let state = seed

	function next(): number {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
	const below = (end: number) => Math.floor(next() * end)
	return {
		next,
		between: (least, most) => least + next() * (most - least),
		below,
		oneOf: <T>(values: readonly T[]) => values[below(values.length)] as T,
		shuffled: (values) =>
			values
				.map((value) => ({ value, rank: next() }))
				.sort((one, other) => one.rank - other.rank)
				.map(({ value }) => value),
	}
}
