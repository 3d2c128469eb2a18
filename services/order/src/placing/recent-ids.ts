const places = 2 ** 16

/**
 * Ids of orders that this process has seen. Each id has one place, which a later id may take. Ids are hashes, so they spread
 * evenly. A forgotten id costs a call to the catalog, and a mistaken id costs a look-up.
 */
export function createRecentIds() {
	const marks = new Uint32Array(places)
	return {
		/** Remembers an id, and tells whether it was remembered already. */
		add(id: string): boolean {
			const place = Number.parseInt(id.slice(0, 4), 16)
			const mark = Number.parseInt(id.slice(4, 8) + id.slice(9, 13), 16)
			const isKnown = marks[place] === mark
			marks[place] = mark
			return isKnown
		},
	}
}
