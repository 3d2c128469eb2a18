import { randomInt } from 'node:crypto'
import type { onTestFailed } from 'vitest'

export type SeededRandom = {
	/** An integer from `least` to `most`, without `most`. */
	between(least: number, most: number): number
	oneOf<T>(values: readonly T[]): T
	shuffled<T>(values: readonly T[]): T[]
}

/** Random numbers from a seed (mulberry32). The seed is CHAOS_SEED, or a new one, which a failed test prints. */
export function seededRandom(onFailed: typeof onTestFailed): SeededRandom {
	const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31))
	onFailed(() => console.error(`CHAOS_SEED=${seed}`))
	let state = seed

	function next(): number {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
	const between = (least: number, most: number) => least + next() * (most - least)
	return {
		between,
		oneOf: <T>(values: readonly T[]) => values[Math.floor(between(0, values.length))] as T,
		shuffled: (values) =>
			values
				.map((value) => ({ value, rank: next() }))
				.sort((one, other) => one.rank - other.rank)
				.map(({ value }) => value),
	}
}
