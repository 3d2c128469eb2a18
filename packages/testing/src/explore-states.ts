export type Model<State> = {
	initial: [name: string, state: State][]
	steps(state: State): Iterable<[name: string, change: Partial<State>]>
	/** What must hold in every state, by its name. */
	invariants: Record<string, (state: State) => boolean>
}

export type Exploration = {
	states: number
	/** A broken invariant, with one of the shortest ways to its state. */
	violation?: { invariant: string; trace: string[] }
}

/** Visits every reachable state, the nearest first, until one breaks an invariant. */
export function exploreStates<State extends object>({ initial, steps, invariants }: Model<State>): Exploration {
	const rules = Object.entries(invariants)
	const known = new Set<string>()
	const arrivals: { step: string; from: number }[] = []
	let nearest: { state: State; arrival: number }[] = []
	let reached = nearest

	/** Visits a state. Returns the invariant that it breaks. */
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
