const maybe = 'A change that was asked for may or may not have happened.'
const nothing = 'This request has changed nothing.'

/** The details of problems with a catalog that gives no useful answer. Each says how often this request asked it. */
export const outageDetail = {
	/** Other requests had no answer a moment ago, and the attempts of this one. */
	notAskedAgain: (attempts: number) =>
		attempts === 0
			? `The catalog did not answer other requests a moment ago, so this request did not ask it. ${nothing}`
			: noAnswer(attempts),

	/** The time was over after so many attempts. */
	outOfTime: (attempts: number) =>
		attempts === 0
			? `The time for the request was over before it could ask the catalog. ${nothing}`
			: noAnswer(attempts),

	/** The catalog itself has answered the last of the attempts. */
	cannotServe: (attempts: number) =>
		`The catalog answered that it cannot serve requests at the moment; it was asked ${times(attempts)}. ${maybe}`,

	noAnswer,
}

function noAnswer(attempts: number): string {
	return `This request asked the catalog ${times(attempts)} and got no answer. ${maybe}`
}

function times(attempts: number): string {
	return attempts === 1 ? 'once' : `${attempts} times`
}
