const maybe = 'A change that was asked for may or may not have happened.'
const nothing = 'This request has changed nothing.'

/**
 * The details of problems with a catalog that gives no useful answer. Each says how often this request asked it, and
 * whether any of the attempts had an answer.
 */
export const outageDetail = {
	/** Other requests asked in vain a moment ago, and so did the attempts of this one. */
	notAskedAgain: (attempts: number, hasAnswered: boolean) =>
		attempts === 0
			? `The catalog could not serve other requests a moment ago, so this request did not ask it. ${nothing}`
			: inVain(attempts, hasAnswered),

	/** The time was over after so many attempts. */
	outOfTime: (attempts: number, hasAnswered: boolean) =>
		attempts === 0
			? `The time for the request was over before it could ask the catalog. ${nothing}`
			: inVain(attempts, hasAnswered),

	inVain,
}

function inVain(attempts: number, hasAnswered: boolean): string {
	return hasAnswered
		? `The catalog answered that it cannot serve requests at the moment; it was asked ${times(attempts)}. ${maybe}`
		: `This request asked the catalog ${times(attempts)} and got no answer. ${maybe}`
}

function times(attempts: number): string {
	return attempts === 1 ? 'once' : `${attempts} times`
}
