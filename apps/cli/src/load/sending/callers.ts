/** Whose token a request has. */
export type Caller = { name: string; token: string }

export type Callers = {
	/** The next caller in turn that may send a request now; undefined when all of them wait. */
	next(): Caller | undefined
	/** The service has told the caller to wait. */
	rest(caller: Caller, ms: number): void
	/** Whether the caller waits. */
	isResting(caller: Caller): boolean
}

export type CallersOptions = {
	count: number
	caller(index: number): Caller
	/** Milliseconds from any moment. */
	now(): number
}

/** Callers that take turns, because the service limits the requests of each of them. A token is signed at its first use. */
export function createCallers({ count, caller, now }: CallersOptions): Callers {
	const known: Caller[] = []
	const restsUntil = new Map<Caller, number>()
	let turn = 0
	const isResting = (one: Caller): boolean => (restsUntil.get(one) ?? Number.NEGATIVE_INFINITY) > now()
	return {
		isResting,
		next() {
			for (let tried = 0; tried < count; tried++) {
				const index = turn++ % count
				known[index] ??= caller(index)
				if (!isResting(known[index])) return known[index]
			}
			return undefined
		},
		rest(one, ms) {
			restsUntil.set(one, now() + ms)
		},
	}
}
