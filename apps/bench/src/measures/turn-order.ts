/**
 * The contestants in the order of a round. Another one begins in each: what one leaves behind, and the
 * machine's drift within a round, are not always at the expense of the same.
 */
export function turnOrder<Contestant>(contestants: readonly Contestant[], round: number): Contestant[] {
	const first = round % contestants.length
	return [...contestants.slice(first), ...contestants.slice(0, first)]
}
