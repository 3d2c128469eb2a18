/** What an occurrence of each kind of alternative counts beside one of the word as it was typed. */
export const alternativeWeights = {
	exact: 1,
	form: 0.97,
	stem: 0.92,
	synonym: 0.8,
	split: 0.8,
	compound: 0.55,
} as const

/** A completion counts for more when less was left to type, and for less when the word is whole as it stands. */
export function completionWeight(typed: string, completed: string, isWhole: boolean): number {
	return (isWhole ? 0.5 : 1) * (0.4 + (0.2 * typed.length) / completed.length)
}

/** @param place the place of the correction among all corrections of the word; 0 is the best */
export function correctionWeight(
	{ edits, isBeginning }: { edits: number; isBeginning: boolean },
	place: number,
): number {
	return (edits <= 1 ? 0.85 : 0.7) * (isBeginning ? 0.85 : 1) * 0.96 ** place
}
