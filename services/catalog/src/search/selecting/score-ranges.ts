import type { Candidates } from '../matching/candidates.ts'

/** Scores from `from` on and below `below`, and the number of candidates with such a score. */
export type ScoreRange = { from: number; below: number; size: number }

// Only the product whose sku is the query has a larger score.
const mostUsual = (1 << 18) - 1

/**
 * Cuts the scores of the candidates into ranges, the best ones first. The first range has at least `most` candidates, and some
 * more for those that may not be shown. Each other one is twice as large.
 */
export function* scoreRanges({ scores, count }: Candidates, most: number): Generator<ScoreRange> {
	if (count <= most) {
		yield { from: 0, below: Number.POSITIVE_INFINITY, size: count }
		return
	}
	let top = 0
	for (let index = 0; index < count; index++) top = Math.max(top, scores[index] as number)
	top = Math.min(top, mostUsual)
	const counts = new Int32Array(top + 1)
	for (let index = 0; index < count; index++) {
		const score = Math.min(scores[index] as number, top)
		counts[score] = (counts[score] as number) + 1
	}
	let below = Number.POSITIVE_INFINITY
	let wanted = Math.ceil(most * 1.1)
	for (let from = top, size = 0; from >= 0; from--) {
		size += counts[from] as number
		if (size < wanted && from > 0) continue
		yield { from, below, size }
		below = from
		size = 0
		wanted *= 2
	}
}
