/**
 * Which rows of a token are merged: the longest run of smallest rows of which none is larger than the smaller ones together. So the
 * row that holds a doc at least doubles each time the doc is written again, and long rows are left alone while the new ones are short.
 */
export function chooseRows<Row extends { size: number }>(rows: readonly Row[], fullBytes: number): Row[] {
	const sorted = rows.filter(({ size }) => size < fullBytes).toSorted((a, b) => a.size - b.size)
	let sum = 0
	let end = 0
	for (const [index, { size }] of sorted.entries()) {
		if (index > 0 && size <= sum) end = index + 1
		sum += size
	}
	return sorted.slice(0, end)
}

/**
 * Which full rows are written again only to leave docs out of them: by chance, about as many bytes as are merged anyway. So the docs that
 * no search needs stay in proportion to the others, and the cost in proportion to what is written.
 */
export function chooseFullRows<Row extends { size: number }>(
	rows: readonly Row[],
	{ fullBytes, mergedBytes, random = Math.random }: { fullBytes: number; mergedBytes: number; random?: () => number },
): Row[] {
	const full = rows.filter(({ size }) => size >= fullBytes)
	const sum = full.reduce((total, { size }) => total + size, 0)
	return full.filter(() => random() < mergedBytes / sum)
}
