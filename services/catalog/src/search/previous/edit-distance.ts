/**
 * How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn `word` into `other`
 * (optimal string alignment). `whole` is the distance to all of `other`, `beginning` to its nearest beginning.
 */
export function editDistances(word: string, other: string): { whole: number; beginning: number } {
	let beforeLast: number[] = []
	let last = Array.from({ length: other.length + 1 }, (_, column) => column)
	for (let row = 1; row <= word.length; row++) {
		const current = [row]
		for (let column = 1; column <= other.length; column++) {
			const replaced = at(last, column - 1) + (word[row - 1] === other[column - 1] ? 0 : 1)
			let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced)
			const isSwap = row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1]
			if (isSwap) distance = Math.min(distance, at(beforeLast, column - 2) + 1)
			current.push(distance)
		}
		beforeLast = last
		last = current
	}
	return { whole: at(last, other.length), beginning: Math.min(...last) }
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Number.POSITIVE_INFINITY
}
