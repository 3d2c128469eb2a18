/** The different values of a column, and how many findable products have each. */
export type Dictionary = {
	/** Values have the ids below it. */
	readonly size: number
	value(id: number): string
	/** The id of a value that a product has or had. */
	find(value: string): number | undefined
	/** The same, for a value that may be new. */
	add(value: string): number
	/** The id of the path above a path; {@link none} at the top and for values that are no paths. */
	parent(id: number): number
	/** How many products that are not archived have the value, or a path below it. */
	count(id: number): number
	/** Adds to the count of a value and of the paths above it. */
	change(id: number, by: 1 | -1): void
	/** About how much memory it takes. */
	bytes(): number
}

/** The id of the empty value. */
export const none = 0

const bytesOfEntry = 100

/** @param separator parts the steps of paths. A path is added after the path above it, so that its id is larger. */
export function createDictionary(separator?: string): Dictionary {
	const values: string[] = ['']
	const parents: number[] = [none]
	const counts: number[] = [0]
	const ids = new Map([['', none]])
	let characters = 0

	function add(value: string): number {
		const known = ids.get(value)
		if (known !== undefined) return known
		const end = separator === undefined ? -1 : value.lastIndexOf(separator)
		const parent = end <= 0 ? none : add(value.slice(0, end))
		// A copy: the value may be a part of a large text, which it would keep in memory.
		const own = Buffer.from(value).toString()
		const id = values.push(own) - 1
		parents.push(parent)
		counts.push(0)
		ids.set(own, id)
		characters += value.length
		return id
	}

	return {
		get size() {
			return values.length
		},
		value: (id) => values[id] ?? '',
		find: (value) => ids.get(value),
		add,
		parent: (id) => parents[id] ?? none,
		count: (id) => counts[id] ?? 0,
		change(id, by) {
			for (let path = id; path !== none; path = parents[path] ?? none) counts[path] = (counts[path] ?? 0) + by
		},
		bytes: () => values.length * bytesOfEntry + characters,
	}
}
