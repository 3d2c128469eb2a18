/** A fact that is looked for again and again. At most one search is under way. */
export type WatchedFact<Fact> = {
	/** Begins a search, unless one is under way. Resolves when a fact is known or the search is overdue. */
	look(): Promise<void>
	/** The result of the last search; undefined when it has failed or is overdue, and before the first one. */
	known(): Fact | undefined
}

/** @param withinMs a search that takes longer is overdue. It goes on, and its result counts when it comes. */
export function watchFact<Fact>(search: () => Promise<Fact>, withinMs: number): WatchedFact<Fact> {
	let known: Fact | undefined
	let answered: Promise<void> | undefined

	async function begin(): Promise<void> {
		const overdue = Promise.withResolvers<void>()
		const limit = setTimeout(() => {
			known = undefined
			overdue.resolve()
		}, withinMs)
		limit.unref()
		const found = search()
			.then(
				(fact) => {
					known = fact
				},
				() => {
					known = undefined
				},
			)
			.finally(() => {
				clearTimeout(limit)
				answered = undefined
			})
		return Promise.race([found, overdue.promise])
	}

	return {
		look() {
			answered ??= begin()
			return answered
		},
		known: () => known,
	}
}
