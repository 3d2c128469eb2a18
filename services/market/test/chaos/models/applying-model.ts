// The way of the prices of a source to the catalog as a state machine that is small enough to try every order of steps: messages are
// folded into blocks, blocks go into rounds, and the calls of a round to the catalog. Processes are killed, others take over while
// the first one goes on, answers are lost, statements and calls arrive late, and the database may go back to an earlier state under
// the processes, as after a failover that loses the last commits.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'
import { type Arrival, arrive, lastOf } from './applying-arrivals.ts'
import type { ApplyingGuard, Has } from './applying-guards.ts'
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
} from './applying-state.ts'

type Step = [name: string, change: Partial<State>]

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

const callOf = ({ first, calls }: Round): Call => ({ kind: 'call', sequence: first, price: calls[0] as number })

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
