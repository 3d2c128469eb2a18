import type { Candidates } from '../matching/candidates.ts'

/** Scores from `from` on and below `below`, and the number of candidates with such a score. */
export type ScoreRange = {
	from: number
	below: number
	size: number
	/** Whether all of them have the score `from`. It is so when very many have it. */
	isOneScore: boolean
}

// Only the product whose sku is the query has a larger score.
const mostUsual = (1 << 18) - 1

export type ScoreRanges = {
	/** The next best range that has so many candidates, or more; undefined behind the last one. */
	next(wanted: number): ScoreRange | undefined
}

/** Cuts the scores of the candidates into ranges. More than `manyTies` candidates with one score are a range of their own. */
export function createScoreRanges({ scores, count }: Candidates, manyTies: number): ScoreRanges {
	let top = 0
	for (let index = 0; index < count; index++) top = Math.max(top, scores[index] as number)
	top = Math.min(top, mostUsual)
	const counts = new Int32Array(top + 1)
	for (let index = 0; index < count; index++) {
		const score = Math.min(scores[index] as number, top)
		counts[score] = (counts[score] as number) + 1
	}
	let from = top + 1
	return {
		next(wanted) {
			if (from === 0) return undefined
			const below = from > top ? Number.POSITIVE_INFINITY : from
			let size = 0
			let isOneScore = false
			while (from > 0 && size < wanted && !isOneScore) {
				isOneScore = (counts[from - 1] as number) > manyTies
				if (isOneScore && size > 0) return { from, below, size, isOneScore: false }
				size += counts[--from] as number
			}
			return { from, below, size, isOneScore }
		},
	}
}
