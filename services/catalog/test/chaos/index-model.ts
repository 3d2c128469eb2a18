// The index of the search as a state machine that is small enough to try every order of events: two products, of which one
// gets another text and one is new; two processes that fold and compact; and one process that searches. A process may be
// killed at any point.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'a segment is written with its product',
	'one fold at a time',
	'a fold is one transaction',
	'postings and the list of segments are read at one moment',
	'a read begins again when a segment is gone',
	'only listed segments are searched',
	'a text that changes gets a new doc',
	'rows are replaced only if they are still there',
	'rows are read before it is asked which docs are needed',
	'a doc stays while a search can need it',
] as const
export type IndexGuard = (typeof guards)[number]

type Doc = 1 | 2 | 3
/** A row of postings or a segment. `id` is never used again. */
type Part = { id: number; docs: readonly Doc[] }
/** A process that folds or compacts. */
type Worker =
	| { at: 'idle' }
	| { at: 'folds' | 'has added the rows'; segments: readonly Part[] }
	| { at: 'has asked'; needed: readonly Doc[] }
	| { at: 'has read'; rows: readonly Part[] }
	| { at: 'compacts'; rows: readonly Part[]; needed: readonly Doc[] }
type Search =
	| { at: 'idle' }
	| { at: 'knows'; living: readonly Doc[] }
	| { at: 'has postings'; living: readonly Doc[]; found: readonly Doc[] }
	| { at: 'loads'; living: readonly Doc[]; found: readonly Doc[]; listed: readonly number[] }

type State = {
	/** The doc of the product whose text changes, and whether the new product is there. */
	present: 1 | 2
	hasNew: boolean
	segments: readonly Part[]
	rows: readonly Part[]
	/** Parts of a transaction of the index that the guards would have made one. */
	unwritten: readonly Doc[]
	lastId: number
	workers: readonly Worker[]
	/** How many folds and compactions may still begin. */
	jobs: number
	search: Search
	/** The segments that the searching process has in memory. */
	memory: readonly Part[]
	fault: '' | 'a product is missing' | 'a product is found twice'
}

type Step = [name: string, change: Partial<State>]
type Has = (guard: IndexGuard) => boolean

const mostJobs = 4

const invariants: Record<string, (state: State) => boolean> = {
	'a search finds every product': ({ fault }) => fault !== 'a product is missing',
	'a search finds no product twice': ({ fault }) => fault !== 'a product is found twice',
}

function* steps(s: State, has: Has): Generator<Step> {
	for (const [name, change] of allSteps(s, has)) yield [name, withFirstIds({ ...s, ...change })]
}

// Ids tell parts from each other, and nothing else. So states that differ in ids only become one.
function withFirstIds(s: State): State {
	const ids: number[] = []
	const shortest = (_: string, value: unknown) => {
		if (typeof value !== 'object' || value === null || !('id' in value)) return value
		const { id, docs } = value as Part
		if (!ids.includes(id)) ids.push(id)
		return { id: ids.indexOf(id) + 1, docs }
	}
	const { segments, rows, workers, memory } = s
	const renamed = JSON.parse(JSON.stringify({ segments, rows, workers, memory }, shortest)) as Partial<State>
	const listed = (list: readonly number[]) => list.map((id) => (ids.includes(id) ? ids.indexOf(id) + 1 : goneId))
	const search = s.search.at === 'loads' ? { ...s.search, listed: listed(s.search.listed) } : s.search
	return { ...s, ...renamed, search, lastId: ids.length }
}

const goneId = 0

function* allSteps(s: State, has: Has): Generator<Step> {
	if (s.fault !== '') return
	yield* writerSteps(s, has)
	for (const [index, worker] of s.workers.entries()) {
		const name = `process ${index}`
		const become = (next: Worker) => ({
			workers: s.workers.with(index, next),
			jobs: worker.at === 'idle' ? s.jobs - 1 : s.jobs,
		})
		if (worker.at !== 'idle') yield [`${name} is killed`, become({ at: 'idle' })]
		for (const [step, change] of workerSteps(s, worker, become, has)) yield [`${name} ${step}`, change]
	}
	yield* searchSteps(s, has)
}

function* writerSteps(s: State, has: Has): Generator<Step> {
	const isTogether = has('a segment is written with its product')
	const writes = (doc: Doc): Partial<State> =>
		isTogether ? { ...added(s, [doc]) } : { unwritten: [...s.unwritten, doc] }
	if (s.present === 1) {
		// Without a new number the old postings of the doc are taken for its new ones.
		if (has('a text that changes gets a new doc')) yield ['a text changes', { ...writes(2), present: 2 }]
		else yield ['a text changes', writes(1)]
	}
	if (!s.hasNew) yield ['a product is created', { ...writes(3), hasNew: true }]
	for (const doc of s.unwritten)
		yield ['its segment is written', { ...added(s, [doc]), unwritten: s.unwritten.filter((other) => other !== doc) }]
}

function added({ segments, lastId }: State, docs: readonly Doc[]): Partial<State> {
	return { segments: [...segments, { id: lastId + 1, docs }], lastId: lastId + 1 }
}

function* workerSteps(s: State, worker: Worker, become: (next: Worker) => Partial<State>, has: Has): Generator<Step> {
	const isFolding = ({ at }: Worker) => at === 'folds' || at === 'has added the rows'
	const withRow = (docs: readonly Doc[], others = s.rows): Partial<State> =>
		docs.length === 0 ? { rows: others } : { rows: [...others, { id: s.lastId + 1, docs }], lastId: s.lastId + 1 }
	switch (worker.at) {
		case 'idle': {
			if (s.jobs === 0) break
			const isFree = !has('one fold at a time') || !s.workers.some(isFolding)
			if (s.segments.length > 0 && isFree) yield ['begins to fold', become({ at: 'folds', segments: s.segments })]
			if (!has('rows are read before it is asked which docs are needed'))
				yield ['asks which docs are needed', become({ at: 'has asked', needed: neededDocs(s, has) })]
			else if (s.rows.length > 0) yield ['reads rows', become({ at: 'has read', rows: s.rows })]
			break
		}
		case 'has asked':
			if (s.rows.length > 0) yield ['reads rows', become({ ...worker, at: 'compacts', rows: s.rows })]
			break
		case 'has read':
			yield ['asks which docs are needed', become({ ...worker, at: 'compacts', needed: neededDocs(s, has) })]
			break
		case 'folds': {
			const docs = worker.segments.flatMap((segment) => segment.docs)
			const left = without(s.segments, worker.segments)
			if (has('a fold is one transaction'))
				yield ['folds', { ...become({ at: 'idle' }), ...withRow(docs), segments: left }]
			else yield ['adds the rows', { ...become({ ...worker, at: 'has added the rows' }), ...withRow(docs) }]
			break
		}
		case 'has added the rows':
			yield ['deletes the segments', { ...become({ at: 'idle' }), segments: without(s.segments, worker.segments) }]
			break
		case 'compacts': {
			const areThere = worker.rows.every(({ id }) => s.rows.some((row) => row.id === id))
			if (!areThere && has('rows are replaced only if they are still there')) break
			const docs = worker.rows.flatMap((row) => row.docs).filter((doc) => worker.needed.includes(doc))
			yield ['replaces the rows', { ...become({ at: 'idle' }), ...withRow(docs, without(s.rows, worker.rows)) }]
		}
	}
}

/** The docs that compaction keeps, as far as they are committed. */
function neededDocs(s: State, has: Has): readonly Doc[] {
	const remembered = has('a doc stays while a search can need it') && s.search.at !== 'idle' ? s.search.living : []
	return [...new Set([...livingDocs(s), ...remembered])].sort()
}

function livingDocs({ present, hasNew }: State): readonly Doc[] {
	return hasNew ? [present, 3] : [present]
}

function without(parts: readonly Part[], gone: readonly Part[]): readonly Part[] {
	return parts.filter(({ id }) => !gone.some((other) => other.id === id))
}

function* searchSteps(s: State, has: Has): Generator<Step> {
	const { search } = s
	const found = s.rows.flatMap(({ docs }) => docs)
	const listed = s.segments.map(({ id }) => id)
	switch (search.at) {
		case 'idle':
			yield ['a search learns which docs live', { search: { at: 'knows', living: livingDocs(s) } }]
			break
		case 'knows':
			if (has('postings and the list of segments are read at one moment'))
				yield ['the search reads the index', { search: { ...search, at: 'loads', found, listed } }]
			else yield ['the search reads postings', { search: { ...search, at: 'has postings', found } }]
			break
		case 'has postings':
			yield ['the search lists segments', { search: { ...search, at: 'loads', listed } }]
			break
		case 'loads': {
			const missing = search.listed.find((id) => !s.memory.some((part) => part.id === id))
			if (missing === undefined) {
				yield ['the search answers', answer(s, search, has)]
				break
			}
			const segment = s.segments.find(({ id }) => id === missing)
			if (segment !== undefined) yield ['the search loads a segment', { memory: [...s.memory, segment] }]
			else if (has('a read begins again when a segment is gone'))
				yield ['the search begins again', { search: { at: 'knows', living: search.living } }]
			else
				yield [
					'the search skips a segment',
					{ search: { ...search, listed: search.listed.filter((id) => id !== missing) } },
				]
		}
	}
}

function answer(s: State, { living, found, listed }: Search & { at: 'loads' }, has: Has): Partial<State> {
	const isSearched = ({ id }: Part) => listed.includes(id) || !has('only listed segments are searched')
	const all = [...found, ...s.memory.filter(isSearched).flatMap(({ docs }) => docs)]
	const counts = living.map((doc) => all.filter((other) => other === doc).length)
	const fault = counts.includes(0)
		? 'a product is missing'
		: counts.some((count) => count > 1)
			? 'a product is found twice'
			: ''
	const memory = has('only listed segments are searched') ? s.memory.filter(({ id }) => listed.includes(id)) : s.memory
	return { search: { at: 'idle' }, memory, fault }
}

/** Explores the index with all guards, or without one of them. */
export function exploreIndex(without?: IndexGuard): Exploration {
	return exploreStates({
		initial: [
			['the index is folded', { ...initial, rows: [{ id: 1, docs: [1] }] }],
			['a segment waits', { ...initial, segments: [{ id: 1, docs: [1] }] }],
		],
		steps: (state) => steps(state, (guard) => guard !== without),
		invariants,
	})
}

const initial: State = {
	present: 1,
	hasNew: false,
	segments: [],
	rows: [],
	unwritten: [],
	lastId: 1,
	workers: [{ at: 'idle' }, { at: 'idle' }],
	jobs: mostJobs,
	search: { at: 'idle' },
	memory: [],
	fault: '',
}
