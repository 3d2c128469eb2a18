// The counting of sales as a state machine that is small enough to try every order of steps: orders change and get events in the log,
// two processes read pages and count them, each may lose the place to the other at any time, answers are lost, and the log is put
// back once to an earlier state, from which it goes on with other events at the same positions. No transaction arrives late: it
// locks the row of the place, and so does whoever takes the place next.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'only the process that has the place changes the sales',
	'the place moves with what it counts',
	'a page begins with the event that was counted last',
	'an event is known by what it tells, and not by its position alone',
	'the page before is looked at, too',
	'the place goes back with the events that are taken out',
] as const
export type SalesGuard = (typeof guards)[number]

/** An event, named by a number that no other event has. Its position is its place in the log. */
type Event = number
type Page = { after: number; events: readonly Event[] }
/** What the database has: the events that are counted, up to a position, and the pages in which they came. */
type Sales = { owner: number; counted: readonly Event[]; position: number; pages: readonly Page[] }
type Work =
	| { kind: 'count'; page: Page }
	/** Takes the events of the last page out, except the first `kept`. */
	| { kind: 'undo'; from: number; page: Page; kept: number }
/** `known` is the place that the process knows. `work` was decided by what it has read since. */
type Process = { known: Pick<Sales, 'position' | 'pages'> | null; work: Work | null }

type State = {
	log: readonly Event[]
	lastEvent: Event
	isPutBack: boolean
	sales: Sales
	processes: readonly Process[]
	troubles: number
}

type Step = [name: string, change: Partial<State>]
type Has = (guard: SalesGuard) => boolean

const mostEvents = 4
const eventsOfPage = 2
const mostTroubles = 2
const idle: Process = { known: null, work: null }

const initial: State = {
	log: [],
	lastEvent: 0,
	isPutBack: false,
	sales: { owner: -1, counted: [], position: 0, pages: [] },
	processes: [idle, idle],
	troubles: 0,
}

function* steps(s: State, has: Has): Generator<Step> {
	const event = s.lastEvent + 1
	if (event <= mostEvents) yield [`an order changes: event ${event}`, { log: [...s.log, event], lastEvent: event }]
	if (!s.isPutBack) {
		for (let kept = 0; kept < s.log.length; kept++)
			yield [`the log is put back to ${kept} events`, { log: s.log.slice(0, kept), isPutBack: true }]
	}
	for (const [index, process] of s.processes.entries()) yield* processSteps(s, index, process, has)
}

function* processSteps(s: State, index: number, { known, work }: Process, has: Has): Generator<Step> {
	const become = (process: Process) => ({ processes: s.processes.with(index, process) })
	const name = `process ${index}`
	if (known === null) {
		const { position, pages } = s.sales
		const sales = { ...s.sales, owner: index }
		yield [`${name} takes the place`, { sales, ...become({ known: { position, pages }, work: null }) }]
		return
	}
	if (work === null) {
		const decided = decide(s.log, known, has)
		if (decided !== null) yield [`${name} reads the log`, become({ known, work: decided })]
		return
	}
	if (!has('the place moves with what it counts') && work.kind === 'count' && s.sales.position === work.page.after) {
		const position = work.page.after + work.page.events.length
		yield [`the place of ${name} moves alone`, { sales: { ...s.sales, position } }]
		yield [`${name} is killed`, become(idle)]
		return
	}
	const isOwner = s.sales.owner === index || !has('only the process that has the place changes the sales')
	const { sales, isDone } = isOwner ? change(s.sales, work, has) : { sales: s.sales, isDone: false }
	const next = isDone ? { position: sales.position, pages: sales.pages } : null
	yield [`${name}: ${nameOf(work)}`, { sales, ...become({ known: next, work: null }) }]
	if (s.troubles === mostTroubles) return
	const troubles = s.troubles + 1
	yield [`${name}: ${nameOf(work)}, and its answer is lost`, { sales, ...become(idle), troubles }]
}

/** What is to do after a look at the log. Null at its end. */
function decide(log: readonly Event[], { position, pages }: Pick<Sales, 'position' | 'pages'>, has: Has): Work | null {
	const last = pages.at(-1)
	if (last !== undefined && has('a page begins with the event that was counted last')) {
		const isThere = (event: Event, place: number) => isSame(log[last.after + place], event, has)
		if (!isThere(last.events.at(-1) as Event, last.events.length - 1)) {
			const kept = last.events.findIndex((event, place) => !isThere(event, place))
			return { kind: 'undo', from: position, page: last, kept }
		}
	}
	const events = log.slice(position, position + eventsOfPage)
	return events.length === 0 ? null : { kind: 'count', page: { after: position, events } }
}

function isSame(found: Event | undefined, event: Event, has: Has): boolean {
	return has('an event is known by what it tells, and not by its position alone')
		? found === event
		: found !== undefined
}

/** What a transaction changes, and whether the place was where it had to be. */
function change(sales: Sales, work: Work, has: Has): { sales: Sales; isDone: boolean } {
	if (work.kind === 'count') {
		const { page } = work
		if (sales.position !== page.after && has('the place moves with what it counts')) return { sales, isDone: false }
		return { sales: count(sales, page), isDone: true }
	}
	const { from, page, kept } = work
	if (sales.position !== from) return { sales, isDone: false }
	const counted = sales.counted.slice()
	for (const event of page.events.slice(kept)) {
		const place = counted.indexOf(event)
		if (place >= 0) counted.splice(place, 1)
	}
	const rest = { after: page.after, events: page.events.slice(0, kept) }
	const before = has('the page before is looked at, too') ? sales.pages.filter(({ after }) => after < page.after) : []
	const position = has('the place goes back with the events that are taken out') ? page.after + kept : sales.position
	return { sales: { ...sales, counted, position, pages: kept > 0 ? [...before, rest] : before }, isDone: false }
}

function count(sales: Sales, page: Page): Sales {
	const { counted, pages } = sales
	return {
		...sales,
		counted: [...counted, ...page.events].sort((one, other) => one - other),
		position: page.after + page.events.length,
		pages: [...pages, page],
	}
}

function nameOf(work: Work): string {
	if (work.kind === 'count') return `${work.page.events} are counted`
	return `${work.page.events.slice(work.kept)} are taken out again`
}

// A process that has the place and finds nothing to do has counted the log.
const isDone = ({ log, sales, processes }: State, has: Has) =>
	processes.some(
		({ known, work }) => work === null && known?.position === sales.position && decide(log, known, has) === null,
	)

const invariants = (has: Has): Record<string, (state: State) => boolean> => ({
	'no event is counted twice': ({ sales: { counted } }) => new Set(counted).size === counted.length,
	'at the end the events of the log are counted, and no others': (s) =>
		!isDone(s, has) || JSON.stringify(s.sales.counted) === JSON.stringify(s.log),
})

/** Explores the counting of sales with all guards, or without one of them. */
export function exploreSales(without?: SalesGuard): Exploration {
	const has = (guard: SalesGuard) => guard !== without
	return exploreStates({
		initial: [['no order has changed', initial]],
		steps: (state) => steps(state, has),
		invariants: invariants(has),
	})
}
