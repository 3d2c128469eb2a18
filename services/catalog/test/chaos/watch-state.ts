// The state of the model of watching, and what must hold in it.

export type Product = 0 | 1
/** `number` is never used again, and tells changes from each other. A transaction id that was lost is used again. */
export type Change = { number: number; xid: number; product: Product }
export type Chunk = {
	product: Product
	snapshot: readonly number[]
	/** When the watcher has reached this position, it has passed all changes of the snapshot. */
	settledAt: number | null
}
export type Watcher = {
	at: 'begins' | 'streams' | 'is cut' | 'is told that it expired'
	position: number
	/** The change at its position. */
	last: number
	/** How many chunks are read. */
	cursor: 0 | 1 | 2
	chunks: readonly Chunk[]
	/** The snapshot of a chunk that is still to be read. */
	early: readonly number[] | null
	/** The number of the change that each product is at, in the copy of the watcher. */
	copy: readonly [number, number]
}

export type State = {
	/** Changes whose transactions are not over. */
	open: readonly Change[]
	/** What the database has written: commits, and runs that gave positions to all commits before them. */
	written: readonly (Change | 'a run')[]
	begun: number
	/** Entries up to this position are deleted. */
	deleted: number
	losses: number
	watcher: Watcher
	fault: '' | 'a change is missing' | 'a change is told twice'
}

export const products = [0, 1] as const

export const initial: State = {
	open: [],
	written: [],
	begun: 0,
	deleted: 0,
	losses: 0,
	watcher: { at: 'begins', position: 0, last: 0, cursor: 0, chunks: [], early: null, copy: [0, 0] },
	fault: '',
}

export const invariants: Record<string, (state: State) => boolean> = {
	'a watcher misses no change': ({ fault }) => fault !== 'a change is missing',
	'a watcher is told no change twice': ({ fault }) => fault !== 'a change is told twice',
}

const isChange = (entry: Change | 'a run'): entry is Change => entry !== 'a run'
export const committed = ({ written }: State) => written.filter(isChange)
export const numberOf = (change: Change | undefined) => change?.number ?? 0

/** The changes that have positions, in their order. */
export function logOf({ written }: State): Change[] {
	const log: Change[] = []
	let waiting: Change[] = []
	for (const entry of written) {
		if (isChange(entry)) waiting.push(entry)
		else {
			log.push(...waiting.toSorted((one, other) => one.xid - other.xid))
			waiting = []
		}
	}
	return log
}

/** What the product is at now, or was at before a change. */
export function stateOf(state: State, product: Product, before?: Change): number {
	const changes = committed(state).filter((change) => change.product === product)
	const end = before === undefined ? changes.length : changes.indexOf(before)
	return numberOf(changes[end - 1])
}

export function withState(copy: Watcher['copy'], product: Product, number: number): Watcher['copy'] {
	return product === 0 ? [number, copy[1]] : [copy[0], number]
}

/** What is wrong when a watcher is told this change now. */
export function faultOfTelling(s: State, change: Change): State['fault'] {
	const { product, number } = change
	const before = s.watcher.copy[product]
	if (before === stateOf(s, product, change)) return ''
	return before >= number ? 'a change is told twice' : 'a change is missing'
}

/** Whether the copy of the watcher has what the database has. */
export function isCopied(s: State): boolean {
	return products.every((product) => s.watcher.copy[product] === stateOf(s, product))
}
