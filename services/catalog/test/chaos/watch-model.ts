// Watching the products as a state machine that is small enough to try every order of events: two products that transactions
// change, each chunk of the state has one of them, positions are given to what is committed, and a watcher whose stream may be cut
// at any point. The database may go back to an earlier state, as after a failover that loses the last commits.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'
import {
	type Change,
	type Chunk,
	committed,
	faultOfTelling,
	initial,
	invariants,
	isCopied,
	logOf,
	numberOf,
	type Product,
	products,
	type State,
	stateOf,
	type Watcher,
	withState,
} from './watch-state.ts'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'readers follow positions, and not ids',
	'a stream begins where the log ended before its state was read',
	'a chunk and its snapshot are read at one moment',
	'changes that a chunk has are left out',
	'a chunk is settled by a run that began after its read',
	'a chunk that is not settled is read again after a cut',
	'a stream is cut when the database was away',
	'an entry is known by its identity, and not by its position alone',
	'a token whose entry is deleted is refused',
] as const
export type WatchGuard = (typeof guards)[number]

type Step = [name: string, change: Partial<State>]
type Has = (guard: WatchGuard) => boolean

const mostChanges = 3
const mostLosses = 1

function* steps(s: State, has: Has): Generator<Step> {
	if (s.fault !== '') return
	yield* databaseSteps(s, has)
	yield* watcherSteps(s, has)
}

function* databaseSteps(s: State, has: Has): Generator<Step> {
	const log = logOf(s)
	for (const product of products) {
		// The second change of a product waits for the first, which has locked its row.
		if (s.begun === mostChanges || s.open.some((change) => change.product === product)) continue
		const xid = 1 + Math.max(0, ...[...committed(s), ...s.open].map((change) => change.xid))
		const change = { number: s.begun + 1, xid, product }
		yield [`transaction ${xid} changes ${product}`, { open: [...s.open, change], begun: s.begun + 1 }]
	}
	for (const change of s.open) {
		const open = s.open.filter((other) => other !== change)
		yield [`transaction ${change.xid} commits`, { open, written: [...s.written, change] }]
	}
	const isWaiting = committed(s).length > log.length
	if (isWaiting || s.watcher.chunks.some(({ settledAt }) => settledAt === null)) {
		const written = isWaiting ? [...s.written, 'a run' as const] : s.written
		const chunks = s.watcher.chunks.map((chunk) => ({ ...chunk, settledAt: chunk.settledAt ?? committed(s).length }))
		yield ['a run gives positions', { written, watcher: { ...s.watcher, chunks } }]
	}
	if (s.deleted < log.length - 1) yield ['an entry is deleted', { deleted: s.deleted + 1 }]
	if (s.losses === mostLosses) return
	for (let kept = 0; kept < s.written.length; kept++) {
		const written = s.written.slice(0, kept)
		const deleted = Math.min(s.deleted, Math.max(0, logOf({ ...s, written }).length - 1))
		const isCut = s.watcher.at === 'streams' && has('a stream is cut when the database was away')
		const watcher: Watcher = isCut ? { ...s.watcher, at: 'is cut', early: null } : s.watcher
		yield [
			`the database goes back to its state after ${kept} writes`,
			{ open: [], written, deleted, losses: s.losses + 1, watcher },
		]
	}
}

function* watcherSteps(s: State, has: Has): Generator<Step> {
	const { watcher } = s
	const become = (change: Partial<Watcher>): Partial<State> => ({ watcher: { ...watcher, ...change } })
	const expired = become({ at: 'is told that it expired' })
	const log = logOf(s)
	switch (watcher.at) {
		case 'begins':
			yield ['a stream begins', become({ at: 'streams', position: log.length, last: numberOf(log.at(-1)) })]
			break
		case 'is cut': {
			const isGone = watcher.position <= s.deleted && s.deleted > 0 && has('a token whose entry is deleted is refused')
			if (isGone || isOtherLog(s, has)) yield ['the token is refused', expired]
			else yield ['the stream is resumed', become({ at: 'streams', ...resumedChunks(watcher, has) })]
			break
		}
		case 'streams':
			yield ['the stream is cut', become({ at: 'is cut', early: null })]
			if (watcher.cursor < 2) yield* chunkSteps(s, become, has)
			yield* readSteps(s, become, has)
	}
}

/** Whether the entry that the watcher was told last is not where it was. */
function isOtherLog(s: State, has: Has): boolean {
	const { position, last } = s.watcher
	const log = logOf(s)
	const isOther = has('an entry is known by its identity, and not by its position alone')
	return position > log.length || (isOther && position > 0 && numberOf(log[position - 1]) !== last)
}

function resumedChunks({ chunks, cursor }: Watcher, has: Has): Pick<Watcher, 'chunks' | 'cursor'> {
	const first = chunks[0]?.product
	const isReadAgain = first !== undefined && has('a chunk that is not settled is read again after a cut')
	return isReadAgain ? { chunks: [], cursor: first } : { chunks, cursor }
}

type Become = (change: Partial<Watcher>) => Partial<State>

function* chunkSteps(s: State, become: Become, has: Has): Generator<Step> {
	const { watcher } = s
	const product = watcher.cursor as Product
	const snapshot = committed(s).map(({ xid }) => xid)
	if (watcher.early === null && !has('a chunk and its snapshot are read at one moment')) {
		yield ['the snapshot of a chunk is read', become({ early: snapshot })]
		return
	}
	const log = logOf(s)
	const isLate = product === 1 && !has('a stream begins where the log ended before its state was read')
	const settledAt = has('a chunk is settled by a run that began after its read') ? null : log.length
	const chunk = { product, snapshot: watcher.early ?? snapshot, settledAt }
	yield [
		`the chunk of ${product} is read`,
		become({
			early: null,
			chunks: settled([...watcher.chunks, chunk], watcher.position),
			cursor: (product + 1) as 1 | 2,
			copy: withState(watcher.copy, product, stateOf(s, product)),
			...(isLate && { position: log.length, last: numberOf(log.at(-1)) }),
		}),
	]
}

function settled(chunks: readonly Chunk[], position: number): readonly Chunk[] {
	return chunks.filter(({ settledAt }) => settledAt === null || position < settledAt)
}

function* readSteps(s: State, become: Become, has: Has): Generator<Step> {
	const { watcher } = s
	const log = logOf(s)
	if (!has('readers follow positions, and not ids')) {
		const byId = committed(s).toSorted((one, other) => one.xid - other.xid)
		const next = byId.find(({ xid }) => xid > watcher.position)
		if (next !== undefined) yield ['the next change is read by its id', told(s, next, next.xid, has)]
		else if (watcher.cursor === 2) yield* endSteps(s)
		return
	}
	if (isOtherLog(s, has)) {
		yield ['the reader sees that the log is another one', become({ at: 'is told that it expired' })]
		return
	}
	if (watcher.position < s.deleted && has('a token whose entry is deleted is refused')) {
		yield ['the reader sees that entries are deleted', become({ at: 'is told that it expired' })]
		return
	}
	const position = Math.max(watcher.position, s.deleted) + 1
	const next = log[position - 1]
	if (next !== undefined) yield ['the next change is read', told(s, next, position, has)]
	else if (watcher.cursor === 2 && committed(s).length === log.length) yield* endSteps(s)
}

function told(s: State, change: Change, position: number, has: Has): Partial<State> {
	const { watcher } = s
	const { product, xid, number } = change
	const passed = { ...watcher, position, last: number, chunks: settled(watcher.chunks, position) }
	const chunk = watcher.chunks.find((other) => other.product === product)
	const isInChunk = chunk?.snapshot.includes(xid) === true && has('changes that a chunk has are left out')
	if (product >= watcher.cursor || isInChunk) return { watcher: passed }
	return { watcher: { ...passed, copy: withState(watcher.copy, product, number) }, fault: faultOfTelling(s, change) }
}

// A watcher at the end of the log has what the database has.
function* endSteps(s: State): Generator<Step> {
	if (!isCopied(s)) yield ['the watcher is at the end of the log', { fault: 'a change is missing' }]
}

/** Explores watching with all guards, or without one of them. */
export function exploreWatching(without?: WatchGuard): Exploration {
	const has = (guard: WatchGuard) => guard !== without
	return exploreStates({ initial: [['the log is empty', initial]], steps: (state) => steps(state, has), invariants })
}
