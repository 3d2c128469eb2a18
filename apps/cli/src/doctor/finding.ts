/** What `mercat doctor` has found out about a part of the system. */
export type Finding = {
	subject: string
	/** Whether a person has to do something. */
	isWrong: boolean
	/** One sentence. For a fault it says what is wrong, and what to do. */
	sentence: string
}

export function fine(subject: string, sentence: string): Finding {
	return { subject, isWrong: false, sentence }
}

export function wrong(subject: string, sentence: string): Finding {
	return { subject, isWrong: true, sentence }
}
