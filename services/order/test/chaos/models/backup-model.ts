// Backups of the two databases at any moments of the order protocol. A copy is taken of one database and later of the other, while
// the protocol goes on. Then the copies become the databases, every process has stopped, no message is under way, and the customers
// ask again. From there on the protocol must keep all of its promises.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'
import { initial, invariants, type State, type Step, steps } from './protocol-model.ts'

/** What makes the copies belong together. A test takes one away to see which invariant breaks. */
export type BackupGuard = 'the orders are copied first' | 'nobody writes commands between the copies'

/** What the database of the orders has. */
type Orders = Pick<State, 'status' | 'body' | 'expiresAt' | 'outbox' | 'acknowledged'>
/** What the database of the catalog has. */
type Catalog = Pick<State, 'reservation' | 'lines' | 'holdEnd' | 'onHand' | 'held' | 'other'>

type Backup = State & { copied: Orders | Catalog | 'nothing' | 'restored' }
type BackupStep = [name: string, change: Partial<Backup>]

/**
 * Explores the protocol and one backup at any moment, with both guards or without one of them.
 *
 * @param requests how many copies of the request there are before the backup, and how many after the restore. One of each asks for
 * different things, and has a fortieth of the states of two.
 */
export function exploreBackups(requests: 1 | 2, without?: BackupGuard): Exploration {
	const has = (guard: BackupGuard) => guard !== without
	return exploreStates<Backup>({
		initial: [['the copies ask for different things', { ...begin(requests === 1 ? 1 : 'none'), copied: 'nothing' }]],
		steps: (state) => backupSteps(state, requests, has),
		invariants,
	})
}

function* backupSteps(s: Backup, requests: 1 | 2, has: (guard: BackupGuard) => boolean): Generator<BackupStep> {
	const { copied, ...state } = s
	const ordersFirst = has('the orders are copied first')
	if (copied === 'nothing') {
		yield ['the first database is copied', { copied: ordersFirst ? ordersOf(s) : catalogOf(s) }]
	} else if (copied !== 'restored') {
		yield ['the second database is copied, and both are restored', restored(s, requests, copied)]
	}
	const isLocked = typeof copied === 'object' && has('nobody writes commands between the copies')
	for (const step of steps(state, () => true)) if (!(isLocked && writesCommands(s, step))) yield step
}

function writesCommands({ outbox }: State, [, change]: Step): boolean {
	return change.outbox !== undefined && change.outbox !== outbox
}

function restored(s: Backup, requests: 1 | 2, first: Orders | Catalog): Backup {
	// The customers and the processes begin again. The clock goes on.
	return {
		...s,
		...begin(requests === 1 ? 0 : 'none'),
		...ordersOf(s),
		...catalogOf(s),
		...first,
		now: s.now,
		copied: 'restored',
	}
}

/** The begin of the protocol, with one of the two copies of the request stopped or none. */
function begin(stopped: 0 | 1 | 'none'): State {
	const state = initial('another')
	return { ...state, copies: state.copies.map((copy, i) => (i === stopped ? { ...copy, at: 'stopped' } : copy)) }
}

function ordersOf({ status, body, expiresAt, outbox, acknowledged }: State): Orders {
	return { status, body, expiresAt, outbox, acknowledged }
}

function catalogOf({ reservation, lines, holdEnd, onHand, held, other }: State): Catalog {
	return { reservation, lines, holdEnd, onHand, held, other }
}
