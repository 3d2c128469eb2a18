// What the databases of the market and of the catalog do with what a process of the model has sent.

import type { Has } from './applying-guards.ts'
import {
	type BlockStatement,
	type Call,
	type Catalog,
	productOf,
	type Round,
	type RoundStatement,
	type Sent,
	type State,
} from './applying-state.ts'

export type Arrival = {
	change: Partial<State>
	isLost?: boolean
	first?: number | undefined
	later?: number | undefined
}

/** What a statement or a call changes, and what its answer says. */
export function arrive(s: State, sent: Sent, has: Has): Arrival {
	if (sent.kind === 'block') return storeBlock(s, sent, has)
	if (sent.kind === 'round') return storeRound(s, sent, has)
	const { catalog, later } = takeCall(s.catalog, sent, has('the catalog refuses older sequences'))
	// After a failover the market begins again with what it had, and older prices are applied once more.
	const isOlder = catalog.prices.A < s.catalog.prices.A || catalog.prices.B < s.catalog.prices.B
	return { change: { catalog, hasGoneBack: s.hasGoneBack || (isOlder && !s.hasFailed) }, later }
}

function storeBlock({ database }: State, { owner, block, prices }: BlockStatement, has: Has): Arrival {
	const { blocks } = database
	const isOwned = owner === database.owner || !has('only the owner stores blocks')
	const isNext = blocks.length === block - 1 || !has('a block has the number after the last one')
	if (isOwned && isNext) {
		const seq = prices.at(-1) as number
		return { change: { database: { ...database, seq, blocks: [...blocks, prices] } } }
	}
	return { change: {}, isLost: !(isOwned && blocks.length === block) }
}

function storeRound(s: State, statement: RoundStatement, has: Has): Arrival {
	const { database } = s
	const { owner, calls, upto, previous, above } = statement
	if (owner !== database.owner && has('only the owner stores rounds')) return { change: {} }
	if (upto > database.blocks.length && has('a round has only blocks that the database has')) return { change: {} }
	if (database.sequence === previous || !has('a round is stored only while its process knows the one before')) {
		const time = has('sequences begin with the time') ? s.given : 0
		const round = { first: Math.max(database.sequence, above, time) + 1, calls, upto }
		const sequence = lastOf(round)
		return {
			change: { database: { ...database, sequence, round }, given: Math.max(s.given, sequence) },
			first: round.first,
		}
	}
	const { round } = database
	if (round === null) return { change: {} }
	const isSame = round.upto === upto && JSON.stringify(round.calls) === JSON.stringify(calls)
	const isKnown = isSame || !has('a round that is stored already is known by its prices')
	return { change: {}, first: isKnown ? round.first : undefined }
}

/** What the catalog does with a call. `later` is the sequence that it has, when that tells another call. */
function takeCall(
	catalog: Catalog,
	{ sequence, price }: Call,
	refusesOlder: boolean,
): { catalog: Catalog; later?: number } {
	const product = productOf(price)
	if (sequence === catalog.sequence && product === catalog.product) return { catalog }
	if (sequence <= catalog.sequence && refusesOlder) return { catalog, later: catalog.sequence }
	return { catalog: { sequence, product, prices: { ...catalog.prices, [product]: price } } }
}

/** The last sequence of a round. */
export const lastOf = ({ first, calls }: Round) => first + calls.length - 1
