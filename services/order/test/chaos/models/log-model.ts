// The log of events as a state machine that is small enough to try every order of steps: three transactions that change
// two orders, two writers of the log, a reader, and a restore of the data that fires the triggers again. A transaction may
// roll back, and a writer may die before its commit. The inbox gives its ids before the commit, so they become visible in
// another order.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'a reader reads by position',
	'one writer at a time',
	'a writer takes the rows in the order of their ids',
	'the log counts the positions',
	'a writer reads the last position under the lock',
	'an event gets a position once',
	'a transition takes its id under the lock of its order',
	'a restore writes only first versions again',
] as const
export type LogGuard = (typeof guards)[number]

/** The orders that each transaction changes, one after another. A transaction began before the ones after it. */
const transactions: OrderName[][] = [['X'], ['Y', 'X'], ['X']]
const rowsPerTurn = 2
const eventsPerPage = 2

type OrderName = 'X' | 'Y'
/** A transition: the order and its version after it. */
type Transition = `${OrderName}${number}`
/** A row of the inbox. `by` is its transaction, or -1 for a restore. It is visible when that has been committed. */
type InboxRow = { id: number; transition: Transition; by: number }
type LoggedEvent = { position: number; transition: Transition }
/** `writes` is how many of its orders the transaction has changed. */
type Transaction = { at: 'open' | 'committed' | 'rolled back'; writes: number }
/** A writer holds the lock while it is `writing`. `rows` are the ids that its statement sees. */
type Writer = {
	at: 'idle' | 'looking' | 'writing'
	rows: readonly number[]
	last: number
	events: readonly LoggedEvent[]
}

type State = {
	transactions: readonly Transaction[]
	inbox: readonly InboxRow[]
	nextId: number
	/** The committed version of each order. */
	versions: Record<OrderName, number>
	lastPosition: number
	/** In the order of their positions. */
	events: readonly LoggedEvent[]
	writers: readonly Writer[]
	reader: { after: number; saw: readonly Transition[] }
	restored: boolean
	/** An event that must never happen. */
	fault: '' | 'a position after a later one' | 'a position for two events' | 'two positions for one event'
}

type Step = [name: string, change: Partial<State>]
type Has = (guard: LogGuard) => boolean

// The ids before it are those of a restore.
const firstId = 3
const idle: Writer = { at: 'idle', rows: [], last: 0, events: [] }

function* steps(s: State, has: Has): Generator<Step> {
	yield* transactionSteps(s, has)
	for (const [index, writer] of s.writers.entries()) yield* writerSteps(s, index, writer, has)
	yield* readerSteps(s, has)
	if (!s.restored && has('a reader reads by position')) yield ['a restore writes the orders again', restore(s, has)]
}

function* transactionSteps(s: State, has: Has): Generator<Step> {
	for (const [index, { at, writes }] of s.transactions.entries()) {
		if (at !== 'open') continue
		const orders = transactions[index] as OrderName[]
		const now = (transaction: Transaction) => ({ transactions: s.transactions.with(index, transaction) })
		const order = orders[writes]
		if (order === undefined) {
			const versions = { ...s.versions }
			for (const changed of orders) versions[changed]++
			yield [`transaction ${index} commits`, { ...now({ at: 'committed', writes }), versions }]
		} else if (!isLocked(s, order)) {
			const id = has('a transition takes its id under the lock of its order') ? s.nextId : idAtBegin(index, writes)
			const row: InboxRow = { id, transition: `${order}${s.versions[order] + 1}`, by: index }
			yield [
				`transaction ${index} changes ${order}`,
				{ ...now({ at, writes: writes + 1 }), inbox: [...s.inbox, row].sort(byId), nextId: s.nextId + 1 },
			]
		}
		if (writes > 0) {
			const inbox = s.inbox.filter(({ by }) => by !== index)
			yield [`transaction ${index} rolls back`, { ...now({ at: 'rolled back', writes: 0 }), inbox }]
		}
	}
}

const isLocked = ({ transactions: all }: State, order: OrderName) =>
	all.some(({ at, writes }, index) => at === 'open' && transactions[index]?.slice(0, writes).includes(order))

const idAtBegin = (transaction: number, writes: number) => firstId + transaction * 2 + writes

function* writerSteps(s: State, index: number, writer: Writer, has: Has): Generator<Step> {
	const now = (next: Writer) => ({ writers: s.writers.with(index, next) })
	switch (writer.at) {
		case 'idle': {
			const rows = visibleRows(s, has).slice(0, rowsPerTurn)
			if (rows.length > 0 && has('a reader reads by position'))
				yield [
					`writer ${index} begins a statement`,
					now({ ...idle, at: 'looking', rows: rows.map(({ id }) => id), last: s.lastPosition }),
				]
			break
		}
		case 'looking':
			if (has('one writer at a time') && s.writers.some(({ at }) => at === 'writing'))
				yield [`writer ${index} finds the lock taken`, now(idle)]
			else yield [`writer ${index} takes rows`, now(take(s, writer, has))]
			break
		case 'writing':
			yield [`writer ${index} commits`, { ...now(idle), ...written(s, writer) }]
			yield [`writer ${index} dies`, now(idle)]
	}
}

/** The committed rows of the inbox, in the order in which a writer takes them. */
function visibleRows(s: State, has: Has): InboxRow[] {
	const rows = s.inbox.filter(({ by }) => by === -1 || s.transactions[by]?.at === 'committed')
	return has('a writer takes the rows in the order of their ids') ? rows : rows.sort((one, other) => one.by - other.by)
}

// The statement deletes the rows that it saw and that are still there. It skips rows that another writer holds.
function take(s: State, { rows: seen, last }: Writer, has: Has): Writer {
	const held = s.writers.flatMap((other) => (other.at === 'writing' ? other.rows : []))
	const rows = visibleRows(s, has).filter(({ id }) => seen.includes(id) && !held.includes(id))
	let next = has('a writer reads the last position under the lock') ? s.lastPosition : last
	const events: LoggedEvent[] = []
	for (const { id, transition } of rows) {
		const isThere = [...s.events, ...events].some((event) => event.transition === transition)
		if (isThere && has('an event gets a position once')) continue
		next = has('the log counts the positions') ? next + 1 : id
		events.push({ position: next, transition })
	}
	return { at: 'writing', rows: rows.map(({ id }) => id), last: next, events }
}

function written(s: State, writer: Writer): Partial<State> {
	const { rows, last } = writer
	const events = [...s.events, ...writer.events].sort((one, other) => one.position - other.position)
	const lastBefore = s.events.at(-1)?.position ?? 0
	const fault = hasTwice(events.map(({ position }) => position))
		? 'a position for two events'
		: hasTwice(events.map(({ transition }) => transition))
			? 'two positions for one event'
			: writer.events.some(({ position }) => position < lastBefore)
				? 'a position after a later one'
				: s.fault
	return { events, fault, lastPosition: last, inbox: s.inbox.filter(({ id }) => !rows.includes(id)) }
}

function* readerSteps(s: State, has: Has): Generator<Step> {
	const page = readable(s, has)
		.filter(({ position }) => position > s.reader.after)
		.slice(0, eventsPerPage)
	const after = page.at(-1)?.position
	if (after === undefined) return
	yield ['the reader reads', { reader: { after, saw: [...s.reader.saw, ...page.map(({ transition }) => transition)] } }]
}

/** The events that a reader can find: those of the log or, without the guard, the rows of the inbox. */
function readable(s: State, has: Has): readonly LoggedEvent[] {
	if (has('a reader reads by position')) return s.events
	return visibleRows(s, has).map(({ id, transition }) => ({ position: id, transition }))
}

// To write the orders again fires the trigger once more, with the present version of each. The ids of the inbox may begin
// again, so that these rows come before the ones that wait.
function restore(s: State, has: Has): Partial<State> {
	const rows = (['X', 'Y'] as const)
		.filter((order) => s.versions[order] > 0)
		.filter((order) => s.versions[order] === 1 || !has('a restore writes only first versions again'))
		.map((order, index): InboxRow => ({ id: index + 1, transition: `${order}${s.versions[order]}`, by: -1 }))
	return { restored: true, inbox: [...s.inbox, ...rows].sort(byId) }
}

const byId = (one: InboxRow, other: InboxRow) => one.id - other.id

const invariants = (has: Has): Record<string, (state: State) => boolean> => ({
	'a position has one event': ({ fault }) => fault !== 'a position for two events',
	'an event has one position': ({ fault }) => fault !== 'two positions for one event',
	'positions become visible in ascending order': ({ fault }) => fault !== 'a position after a later one',
	'a reader misses no event': (s) =>
		readable(s, has).every(
			({ position, transition }) => position > s.reader.after || s.reader.saw.includes(transition),
		),
	'a reader sees each event once': ({ reader }) => !hasTwice(reader.saw),
	'the versions of an order ascend in the log': ({ events }) =>
		versionsAscend(events.map(({ transition }) => transition)),
	'every committed transition is in the log or in the inbox': (s) => {
		const kept = new Set([...s.events, ...s.inbox].map(({ transition }) => transition))
		return committed(s).every((transition) => kept.has(transition))
	},
	'only committed transitions are in the log': (s) => {
		const known = committed(s)
		return s.events.every(({ transition }) => known.includes(transition))
	},
})

function committed({ versions }: State): Transition[] {
	return (['X', 'Y'] as const).flatMap((order) =>
		Array.from({ length: versions[order] }, (_, index): Transition => `${order}${index + 1}`),
	)
}

function versionsAscend(transitions: readonly Transition[]): boolean {
	return (['X', 'Y'] as const).every((order) => {
		const versions = transitions
			.filter((transition) => transition.startsWith(order))
			.map((name) => Number(name.slice(1)))
		return versions.every((version, index) => version > (versions[index - 1] ?? 0))
	})
}

const hasTwice = (values: readonly unknown[]) => new Set(values).size < values.length

/** Explores the log with all guards, or without one of them. */
export function exploreLog(without?: LogGuard): Exploration {
	const has: Has = (guard) => guard !== without
	return exploreStates({
		initial: [['all transactions have begun', initial]],
		steps: (state) => steps(state, has),
		invariants: invariants(has),
	})
}

const initial: State = {
	transactions: transactions.map(() => ({ at: 'open', writes: 0 })),
	inbox: [],
	nextId: firstId,
	versions: { X: 0, Y: 0 },
	lastPosition: 0,
	events: [],
	writers: [idle, idle],
	reader: { after: 0, saw: [] },
	restored: false,
	fault: '',
}
