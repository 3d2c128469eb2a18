/**
 * Returns the contestants in the order of a round. Each round begins with another contestant. So it is not always the
 * same contestant that follows a certain other one, or that runs last when the machine slows down within a round.
 */
export function turnOrder<Contestant>(contestants: readonly Contestant[], round: number): Contestant[] {
	const first = round % contestants.length
	return [...contestants.slice(first), ...contestants.slice(0, first)]
}
