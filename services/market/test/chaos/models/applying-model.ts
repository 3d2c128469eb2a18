// The way of the prices of a source to the catalog as a state machine that is small enough to try every order of steps: messages are
// folded into blocks, blocks go into rounds, and the calls of a round to the catalog. Processes are killed, others take over while
// the first one goes on, answers are lost, statements and calls arrive late, and the database may go back to an earlier state under
// the processes, as after a failover that loses the last commits.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'
import {
	type BlockStatement,
	type Call,
	type Database,
	initial,
	invariants,
	messages,
	newestOf,
	type Process,
	type Round,
	type RoundStatement,
	type Sent,
	type State,
	takeCall,
} from './applying-state.ts'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'the position is stored with its block',
	'a block has the number after the last one',
	'only the owner stores blocks',
	'only the owner stores rounds',
	'a round is stored before it is sent',
	'a round is stored only while its process knows the one before',
	'a round that is stored already is known by its prices',
	'a round has the blocks of the moment at which it was taken',
	'a round has only blocks that the database has',
	'the next round waits for the answers to the one before',
	'a process begins with the stored round',
	'a process reads the blocks that are in no round',
	'sequences begin with the time',
	'the catalog refuses older sequences',
] as const
export type ApplyingGuard = (typeof guards)[number]

type Step = [name: string, change: Partial<State>]
type Has = (guard: ApplyingGuard) => boolean

const mostClaims = 3
const mostTroubles = 1

function* steps(s: State, has: Has): Generator<Step> {
	if (s.claims < mostClaims) {
		const owner = s.claims + 1
		const database = { ...s.database, owner }
		const process = begin(database, has)
		const claimed = { claims: owner, database }
		yield [`process ${owner} takes the source, and the others are dead`, { ...claimed, processes: [process] }]
		for (const other of s.processes)
			yield [
				`process ${owner} takes the source, and process ${other.owner} goes on`,
				{ ...claimed, processes: [other, process] },
			]
	}
	for (const [index, process] of s.processes.entries()) {
		yield* foldSteps(s, index, process, has)
		yield* roundSteps(s, index, process, has)
	}
	for (const [index, sent] of s.late.entries())
		yield [`${nameOf(sent)} arrives late`, { ...arrive(s, sent, has).change, late: s.late.toSpliced(index, 1) }]
	if (s.standby !== null) yield ['the database goes back', { database: s.standby, standby: null, hasFailed: true }]
	else if (s.troubles < mostTroubles && !s.hasFailed)
		yield ['the standby gets its last changes', { standby: s.database, troubles: s.troubles + 1 }]
}

function begin({ owner, seq, blocks, sequence, round }: Database, has: Has): Process {
	const isKept = has('a process begins with the stored round')
	const unsent = has('a process reads the blocks that are in no round') ? blocks.slice(round?.upto ?? 0) : []
	return {
		owner,
		seq,
		block: blocks.length,
		folding: null,
		pending: newestOf(unsent.flat()),
		storing: null,
		round: isKept ? round : null,
		sequence,
		isRestored: isKept && round !== null,
	}
}

function* foldSteps(s: State, index: number, process: Process, has: Has): Generator<Step> {
	for (const block of process.folding === null ? nextBlocks(process) : [process.folding]) {
		const last = block.prices.at(-1) as number
		const waits = now(s, index, { ...process, folding: block })
		if (!has('the position is stored with its block') && s.database.seq < last) {
			yield [`the position of ${nameOf(block)} is stored`, { ...waits, database: { ...s.database, seq: last } }]
			continue
		}
		const pending = newestOf([...process.pending, ...block.prices])
		const folded = { ...process, seq: last, block: block.block, folding: null, pending }
		const hears = ({ isLost }: Arrival) => (isLost ? without(s, index) : now(s, index, folded))
		yield* sendings(s, block, { hears, waits }, has)
	}
}

/** A block has one message or two. */
function* nextBlocks({ owner, seq, block }: Process): Generator<BlockStatement> {
	for (let last = seq + 1; last <= Math.min(seq + 2, messages); last++) {
		const prices = Array.from({ length: last - seq }, (_, place) => seq + 1 + place)
		yield { kind: 'block', owner, block: block + 1, prices }
	}
}

function* roundSteps(s: State, index: number, process: Process, has: Has): Generator<Step> {
	const { pending, storing, round } = process
	const become = (next: Partial<Process>) => now(s, index, { ...process, ...next })
	if (storing !== null) {
		yield* storeSteps(s, index, process, storing, has)
		return
	}
	if (pending.length > 0 && (round === null || !has('the next round waits for the answers to the one before'))) {
		const next = { ...process, pending: [], round: null }
		if (has('a round is stored before it is sent'))
			yield* storeSteps(s, index, next, roundOf(process, pending, process.block), has)
		else
			yield [
				`${pending} are sent`,
				now(s, index, withRound(next, { first: process.sequence + 1, calls: pending, upto: 0 })),
			]
	}
	if (round === null) return
	if (pending.length > 0) {
		const all = newestOf([...round.calls, ...pending])
		yield [`the round of process ${process.owner} makes way for ${all}`, become({ pending: all, round: null })]
	}
	const hears = ({ later }: Arrival): Partial<State> => {
		const isPassed = later !== undefined && process.isRestored && later > round.first && later <= lastOf(round)
		if (later === undefined || isPassed) return become({ round: restOf(round) })
		return become({ round: null, storing: { ...roundOf(process, round.calls, round.upto), above: later } })
	}
	yield* sendings(s, callOf(round), { hears, waits: {} }, has)
}

function* storeSteps(s: State, index: number, process: Process, storing: RoundStatement, has: Has): Generator<Step> {
	const isTaken = has('a round has the blocks of the moment at which it was taken')
	const statement = isTaken ? storing : { ...storing, upto: process.block }
	const hears = ({ first }: Arrival) =>
		first === undefined
			? without(s, index)
			: now(s, index, withRound(process, { first, calls: statement.calls, upto: statement.upto }))
	yield* sendings(s, statement, { hears, waits: now(s, index, { ...process, storing }) }, has)
}

function roundOf({ owner, sequence }: Process, calls: readonly number[], upto: number): RoundStatement {
	return { kind: 'round', owner, calls, upto, previous: sequence, above: sequence }
}

function withRound(process: Process, round: Round): Process {
	return { ...process, storing: null, round, sequence: lastOf(round), isRestored: false }
}

/** `hears` is what the answer changes, and `waits` what the process does without one: it repeats what it has sent. */
type Sender = { hears(arrival: Arrival): Partial<State>; waits: Partial<State> }

function* sendings(s: State, sent: Sent, { hears, waits }: Sender, has: Has): Generator<Step> {
	const arrival = arrive(s, sent, has)
	yield [`${nameOf(sent)} arrives`, { ...arrival.change, ...hears(arrival) }]
	if (s.troubles === mostTroubles) return
	const troubles = s.troubles + 1
	yield [`${nameOf(sent)} arrives, and its answer is lost`, { ...waits, ...arrival.change, troubles }]
	yield [`${nameOf(sent)} is late`, { ...waits, late: [...s.late, sent], troubles }]
}

function nameOf(sent: Sent): string {
	if (sent.kind === 'block') return `block ${sent.block} of process ${sent.owner}: ${sent.prices}`
	if (sent.kind === 'round') return `the round of process ${sent.owner}: ${sent.calls}, up to block ${sent.upto}`
	return `call ${sent.sequence}: ${sent.price}`
}

type Arrival = { change: Partial<State>; isLost?: boolean; first?: number | undefined; later?: number | undefined }

/** What a statement or a call changes, and what its answer says. */
function arrive(s: State, sent: Sent, has: Has): Arrival {
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

const callOf = ({ first, calls }: Round): Call => ({ kind: 'call', sequence: first, price: calls[0] as number })

const lastOf = ({ first, calls }: Round) => first + calls.length - 1

const restOf = ({ first, calls, upto }: Round): Round | null =>
	calls.length === 1 ? null : { first: first + 1, calls: calls.slice(1), upto }

const now = ({ processes }: State, index: number, process: Process) => ({ processes: processes.with(index, process) })

const without = ({ processes }: State, index: number) => ({ processes: processes.toSpliced(index, 1) })

/** Explores the applying of a source with all guards, or without one of them. */
export function exploreApplying(withoutGuard?: ApplyingGuard): Exploration {
	const has = (guard: ApplyingGuard) => guard !== withoutGuard
	return exploreStates({
		initial: [['the source has sent its messages', initial]],
		steps: (state) => steps(state, has),
		invariants,
	})
}
