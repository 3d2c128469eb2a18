// The state of the model of applying, and what must hold in it.

/** The message with this number has this price, of a product that follows from it. */
export type Price = number
export type Product = 'A' | 'B'

export const messages = 3
export const productOf = (price: Price): Product => (price % 2 === 1 ? 'A' : 'B')

/** `calls` has one price for each call. */
export type Round = { first: number; calls: readonly Price[]; upto: number }

/** The rows of the source in the database of the market. The block with the number n is the n-th one. */
export type Database = {
	owner: number
	/** The last message that is folded. */
	seq: number
	blocks: readonly (readonly Price[])[]
	/** The latest sequence that a round has taken. */
	sequence: number
	round: Round | null
}

/** What the catalog has of the source. */
export type Catalog = { sequence: number; product: Product | ''; prices: Record<Product, Price> }

export type BlockStatement = { kind: 'block'; owner: number; block: number; prices: readonly Price[] }
export type RoundStatement = {
	kind: 'round'
	owner: number
	calls: readonly Price[]
	upto: number
	/** The latest sequence that the process knows of. */
	previous: number
	/** The sequences of the round are above it. */
	above: number
}
export type Call = { kind: 'call'; sequence: number; price: Price }
export type Sent = BlockStatement | RoundStatement | Call

/** A process that follows the source, or that does not know yet that it has lost it. */
export type Process = {
	owner: number
	seq: number
	/** The last block that it knows to be stored. */
	block: number
	/** The block that is stored again, because the first attempt had no answer. */
	folding: BlockStatement | null
	/** The newest price of each product that is in no round. */
	pending: readonly Price[]
	/** The round that is stored again. */
	storing: RoundStatement | null
	/** What is left of the stored round. */
	round: Round | null
	sequence: number
	/** Whether a process before may have sent calls of the round. */
	isRestored: boolean
}

export type State = {
	database: Database
	/** The state that the database goes back to; null before it was copied, and after the failover. */
	standby: Database | null
	catalog: Catalog
	processes: readonly Process[]
	/** What has left a process, arrives at any time, and has no answer. */
	late: readonly Sent[]
	claims: number
	/** How many answers were lost, statements were late, and states were copied. */
	troubles: number
	hasFailed: boolean
	/** The highest sequence that was ever given. The clock is never behind it. */
	given: number
	hasGoneBack: boolean
}

export const initial: State = {
	database: { owner: 0, seq: 0, blocks: [], sequence: 0, round: null },
	standby: null,
	catalog: { sequence: 0, product: '', prices: { A: 0, B: 0 } },
	processes: [],
	late: [],
	claims: 0,
	troubles: 0,
	hasFailed: false,
	given: 0,
	hasGoneBack: false,
}

/** The newest price of each product. */
export function newestOf(prices: readonly Price[]): readonly Price[] {
	const newest = new Map(prices.toSorted((one, other) => one - other).map((price) => [productOf(price), price]))
	return [...newest.values()].sort((one, other) => one - other)
}

const numbersUpTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

/** Whether the process that has the source has nothing more to do. */
function isDone({ database, processes }: State): boolean {
	return processes.some(
		({ owner, seq, folding, pending, storing, round }) =>
			owner === database.owner &&
			seq === messages &&
			folding === null &&
			pending.length === 0 &&
			storing === null &&
			round === null,
	)
}

export const invariants: Record<string, (state: State) => boolean> = {
	'each message is in one block, and the position is behind the last one': ({ database: { seq, blocks } }) =>
		JSON.stringify(blocks.flat()) === JSON.stringify(numbersUpTo(seq)),
	'no price of a product goes back': ({ hasGoneBack }) => !hasGoneBack,
	'at the end the catalog has the newest price of each product': (state) =>
		!isDone(state) ||
		newestOf(numbersUpTo(messages)).every((price) => state.catalog.prices[productOf(price)] === price),
}
