import { branchFrom, longestRunWord, startOf, type WordRun } from './word-run.ts'

/** Is told of a similar word. `distance` counts edits of the whole word, or of its nearest beginning. */
export type SimilarVisit = (index: number, distance: number, isBeginning: boolean) => void

/**
 * Calls `visit` with each word of the run that is at most `edits` away from `word`: letters that are inserted, deleted, replaced
 * or swapped with their neighbour (optimal string alignment). With `fromBeginning` also with words of which a beginning is.
 *
 * It goes through the run as through a tree of letters: words that begin alike share the rows of the table of distances, and all
 * words with a beginning that is too far away are passed over.
 */
export function visitSimilarWords(
	run: WordRun,
	word: string,
	{ edits, fromBeginning }: { edits: number; fromBeginning: boolean },
	visit: SimilarVisit,
): void {
	const { letters, shared } = run
	const length = word.length
	const width = length + 1
	const rows = new Uint8Array((longestRunWord + 1) * width)
	for (let column = 0; column <= length; column++) rows[column] = column
	const wanted = Uint16Array.from(word, (letter) => letter.charCodeAt(0))
	// By number of letters of the present word: the distance to its nearest beginning.
	const beginning = new Uint8Array(longestRunWord + 1).fill(length)
	// How many letters of the present word have rows that are right.
	let known = 0
	// Words with this many letters of the last word in common are too far away.
	let dead = longestRunWord + 1

	for (let index = 0; index < run.size; index++) {
		const next = branchFrom(run, index, dead)
		const nearest = beginning[dead - 1] as number
		if (fromBeginning && nearest <= edits) for (; index < next; index++) visit(index, nearest, true)
		index = next
		if (index === run.size) break
		const common = shared[index] as number
		known = Math.min(known, common)
		dead = longestRunWord + 1
		const start = startOf(run, index)
		const size = startOf(run, index + 1) - start
		if (!fromBeginning && Math.abs(size - length) > edits) continue
		for (; known < size && dead > longestRunWord; known++) {
			const depth = known + 1
			const letter = letters[start + known]
			const row = depth * width
			const last = row - width
			rows[row] = depth
			// Columns that are further from the diagonal cannot be within reach.
			const from = Math.max(1, depth - edits)
			const to = Math.min(length, depth + edits)
			let least = depth <= edits ? depth : edits + 1
			if (from > 1) rows[row + from - 1] = edits + 1
			for (let column = from; column <= to; column++) {
				let distance = (rows[last + column - 1] as number) + (wanted[column - 1] === letter ? 0 : 1)
				if (column < depth + edits) distance = Math.min(distance, (rows[last + column] as number) + 1)
				distance = Math.min(distance, (rows[row + column - 1] as number) + 1)
				if (
					column > 1 &&
					depth > 1 &&
					wanted[column - 2] === letter &&
					wanted[column - 1] === letters[start + known - 1]
				) {
					distance = Math.min(distance, (rows[last - width + column - 2] as number) + 1)
				}
				rows[row + column] = distance
				if (distance < least) least = distance
			}
			const whole = to === length && from <= length ? (rows[row + length] as number) : edits + 1
			beginning[depth] = Math.min(beginning[depth - 1] as number, whole)
			if (least > edits) dead = depth
		}
		if (dead > longestRunWord && Math.abs(size - length) <= edits && (rows[size * width + length] as number) <= edits) {
			visit(index, rows[size * width + length] as number, false)
		} else if (fromBeginning) {
			const distance = beginning[Math.min(size, dead)] as number
			if (distance <= edits) visit(index, distance, true)
		}
	}
}
