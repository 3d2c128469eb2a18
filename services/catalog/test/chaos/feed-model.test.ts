import { isDeepStrictEqual } from 'node:util'
import type { Engine } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { act, createFeedModel, type FeedModel, type FeedOperation, type ModelHold } from './feed-model.ts'
import { type FeedRows, type OpenFeed, openFeed } from './open-feed.ts'

const startPrice = 100
const price = fc.constantFrom(40, 90, 100, 140, 200, 400)

/** What somebody wants to do. Its run and its hold are those that this command, or the person, knows at that moment. */
type Wish =
	| { kind: 'begin' | 'finish' | 'renew' | 'look'; command: number }
	| { kind: 'import'; command: number; price: number }
	| { kind: 'runOut' }
	| { kind: 'shop'; price: number }
	| { kind: 'decide'; decision: 'approved' | 'rejected' }

const command = fc.nat(1)
const wish = (): fc.Arbitrary<Wish> =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('begin' as const), command }) },
		{ weight: 8, arbitrary: fc.record({ kind: fc.constant('import' as const), command, price }) },
		{ weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('finish' as const, 'renew' as const), command }) },
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant('runOut' as const) }) },
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant('shop' as const), price }) },
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('look' as const), command }) },
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('decide' as const),
				decision: fc.constantFrom('approved' as const, 'rejected' as const),
			}),
		},
	)
const step = fc.oneof(
	{ weight: 3, arbitrary: fc.array(wish(), { minLength: 1, maxLength: 1 }) },
	{ weight: 1, arbitrary: fc.array(wish(), { minLength: 2, maxLength: 3 }) },
)
const history = fc.array(step, { minLength: 10, maxLength: 40, size: 'max' })

test.each<[Engine, number]>([
	['postgres', 60],
	['pglite', 30],
])(
	'on %s a feed behaves like the model in %i random histories of two commands, the shop and a person',
	async (engine, numRuns) => {
		await using feed = await openFeed(engine)
		const agrees = fc.asyncProperty(history, (steps) => play(feed, steps))
		await fc.assert(agrees, { numRuns })
	},
)

/** What the two commands and the person know. */
type Knowledge = { runs: [number, number]; seen: ModelHold | undefined }

async function play(feed: OpenFeed, steps: Wish[][]): Promise<void> {
	await feed.reset(startPrice)
	let expected = createFeedModel(startPrice)
	const known: Knowledge = { runs: [1, 1], seen: undefined }
	let before = await feed.read()
	for (const wishes of steps) {
		const operations = wishes.flatMap((one) => operationOf(one, before, known))
		const answers = await Promise.all(operations.map(feed.perform))
		const after = await feed.read()
		expected = explained(expected, operations, { answers, rows: after })
		checkPromises(before, after, operations)
		for (const [place, one] of wishes.filter(({ kind }) => kind === 'begin').entries()) {
			const begun = answers.filter((_, index) => operations[index]?.kind === 'begin')[place]
			if ('command' in one && begun?.startsWith('run ')) known.runs[one.command] = Number(begun.slice(4))
		}
		before = after
	}
}

function operationOf(one: Wish, rows: FeedRows, known: Knowledge): FeedOperation[] {
	switch (one.kind) {
		case 'begin':
		case 'runOut':
			return [{ kind: one.kind }]
		case 'shop':
			return [one]
		case 'import':
			return [{ kind: 'import', run: known.runs[one.command] ?? 1, price: one.price }]
		case 'renew':
			return [{ kind: 'renew', run: known.runs[one.command] ?? 1 }]
		case 'finish':
			return [{ kind: 'finish', run: known.runs[one.command] ?? 1, outcome: 'synced' }]
		case 'look':
			known.seen = rows.holds.find(({ state }) => state === 'open') ?? known.seen
			return []
		case 'decide': {
			const { id: holdId, price } = known.seen ?? {}
			return holdId === undefined || price === undefined
				? []
				: [{ kind: 'decide', holdId, price, decision: one.decision }]
		}
	}
}

type Seen = { answers: string[]; rows: FeedRows }

/** The model after the operations. Some order of them must explain all answers and rows. */
function explained(before: FeedModel, operations: FeedOperation[], { answers, rows }: Seen): FeedModel {
	let first: unknown
	for (const order of orders(operations.map(deedsOf))) {
		const after = structuredClone(before)
		const expected: string[] = []
		for (const { place, operation } of order) expected[place] = act(after, operation)
		const explanation = { answers: expected, rows: visible(after) }
		if (isDeepStrictEqual(explanation, { answers, rows: visible(rows) }) && isSafelyValidated(after, rows)) {
			return { ...withIds(after, rows), validatedBy: rows.validatedBy }
		}
		first ??= explanation
	}
	expect({ answers, rows: visible(rows) }, JSON.stringify(operations)).toEqual(first)
	return before
}

/** A part of an operation that other operations cannot interrupt. The last part of an operation gives its answer. */
type Deed = { place: number; operation: FeedOperation }

// An import renews its run before its transaction.
function deedsOf(operation: FeedOperation, place: number): Deed[] {
	const itself = { place, operation }
	return operation.kind === 'import' ? [{ place, operation: { kind: 'renew', run: operation.run } }, itself] : [itself]
}

/** Every order of the deeds in which those of one operation keep theirs. */
function* orders(open: Deed[][]): Generator<Deed[]> {
	const places = [...open.keys()].filter((place) => (open[place] ?? []).length > 0)
	if (places.length === 0) yield []
	for (const place of places) {
		const [next, ...later] = open[place] ?? []
		for (const rest of orders(open.with(place, later))) yield next === undefined ? rest : [next, ...rest]
	}
}

// An import that another one has made needless may still have the next run ask for all of the feed.
function isSafelyValidated(model: FeedModel, rows: FeedRows): boolean {
	return rows.validatedBy === null || rows.validatedBy === model.validatedBy
}

function visible({ price, runs, isLeased, holds }: FeedModel | FeedRows) {
	return { price, runs, isLeased, holds: holds.map(inWords).sort() }
}

function inWords({ price, state, hasLapsed }: ModelHold): string {
	return `${price} ${state}${hasLapsed ? ' lapsed' : ''}`
}

/** The model learns the ids of holds that are new. Those that look the same have ended, so that it does not matter which is which. */
function withIds(model: FeedModel, rows: FeedRows): FeedModel {
	const known = new Set(model.holds.map(({ id }) => id))
	const added = rows.holds.filter(({ id }) => !known.has(id))
	for (const hold of model.holds.filter(({ id }) => id === undefined)) {
		const place = added.findIndex((row) => inWords(row) === inWords(hold))
		hold.id = added.splice(place, 1)[0]?.id
	}
	return model
}

/** The promises that matter most, without the model. */
function checkPromises(before: FeedRows, after: FeedRows, operations: FeedOperation[]): void {
	const what = JSON.stringify({ before, after, operations })
	const prices = operations.filter(({ kind }) => kind === 'import' || kind === 'shop' || kind === 'decide')
	expect(after.holds.filter(({ state }) => state === 'open').length, what).toBeLessThanOrEqual(1)
	expect(after.runs.slice(0, -1), what).not.toContain(null)
	for (const hold of after.holds) if (hold.state === 'open') expect(hold.price, what).not.toBe(after.price)
	const isAlone = prices.length === 1 ? prices[0] : undefined
	if (isAlone?.kind !== 'import' || before.price === after.price) return
	// No price passes the rule without an approval, no older run wins, and a rejected price is not applied.
	expect(Math.abs(after.price - before.price) * 2, what).toBeLessThanOrEqual(before.price)
	expect(isAlone.run, what).toBeGreaterThanOrEqual(before.runs.length)
	const rejected = before.holds.filter(({ state, hasLapsed }) => state === 'rejected' && !hasLapsed)
	expect(
		rejected.map(({ price }) => price),
		what,
	).not.toContain(after.price)
}
