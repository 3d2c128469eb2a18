export type DocNumbersNeeds<Connection> = {
	/** Takes ranges of numbers for good. Resolves to the first number of each. */
	takeRanges(connection: Connection, count: number): Promise<number[]>
}

/** The numbers of docs that this process may use. */
export type DocNumbers<Connection> = {
	/**
	 * Takes numbers that nobody else ever gets, in ascending order. The database is asked only now and then.
	 *
	 * @param connection the connection of a running transaction, because the embedded database has no other
	 */
	take(connection: Connection, count: number): Promise<number[]>
}

/** The step of the sequence. */
export const docsInRange = 1_024

export function createDocNumbers<Connection>({ takeRanges }: DocNumbersNeeds<Connection>): DocNumbers<Connection> {
	let free: number[] = []
	return {
		async take(connection, count) {
			while (free.length < count) {
				const missing = Math.ceil((count - free.length) / docsInRange)
				const firsts = await takeRanges(connection, missing)
				free.push(...firsts.flatMap((first) => Array.from({ length: docsInRange }, (_, n) => first + n)))
			}
			const taken = free.slice(0, count)
			free = free.slice(count)
			return taken.sort((a, b) => a - b)
		},
	}
}
