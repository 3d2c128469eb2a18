export type Model<State> = {
	initial: [name: string, state: State][]
	steps(state: State): Iterable<[name: string, change: Partial<State>]>
	/** What must hold in every state, by the sentence that says so. */
	invariants: Record<string, (state: State) => boolean>
}

export type Exploration = {
	states: number
	/** The sentence that does not hold, and one of the shortest ways there. */
	violation?: { invariant: string; trace: string[] }
}

/** Goes through every state that can be reached, the nearest first, up to the first that breaks an invariant. */
export function exploreStates<State extends object>({ initial, steps, invariants }: Model<State>): Exploration {
	const rules = Object.entries(invariants)
	const known = new Set<string>()
	const arrivals: { step: string; from: number }[] = []
	let nearest: { state: State; arrival: number }[] = []
	let reached = nearest

	/** Returns the sentence that does not hold. */
	function reach(state: State, step: string, from: number): string | undefined {
		const key = JSON.stringify(Object.values(state))
		if (known.has(key)) return undefined
		known.add(key)
		reached.push({ state, arrival: arrivals.push({ step, from }) - 1 })
		return rules.find(([, holds]) => !holds(state))?.[0]
	}

	function traceOfLast(): string[] {
		const trace: string[] = []
		for (let arrival = arrivals.at(-1); arrival !== undefined; arrival = arrivals[arrival.from])
			trace.unshift(arrival.step)
		return trace
	}

	for (const [name, state] of initial) reach(state, name, -1)
	while (nearest.length > 0) {
		reached = []
		for (const { state, arrival } of nearest) {
			for (const [step, change] of steps(state)) {
				const invariant = reach({ ...state, ...change }, step, arrival)
				if (invariant !== undefined) return { states: known.size, violation: { invariant, trace: traceOfLast() } }
			}
		}
		nearest = reached
	}
	return { states: known.size }
}
