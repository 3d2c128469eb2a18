import type { Engine } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OpenPrices, openPrices, type PriceRows } from './open-prices.ts'
import {
	act,
	createPriceModel,
	lowestOf30Days,
	type ModelHold,
	type PriceModel,
	type PriceOperation,
	presentPrice,
} from './price-model.ts'

const startPrice = 100
const price = fc.constantFrom(40, 70, 90, 100, 120, 140, 200)
const keptDays = 40

/** What somebody wants to do, with what the source and a person know at that moment. */
type Wish =
	| { kind: 'apply'; later: number; price: number; hold: 'none' | 'endless' | 'ending' }
	| { kind: 'import'; price: number }
	| { kind: 'read' | 'look' | 'runOut' | 'tidy' }
	| { kind: 'edit'; price: number | 'as read' }
	| { kind: 'decide'; decision: 'approved' | 'rejected' }
	| { kind: 'limit'; limits: PriceModel['limits'] }
	| { kind: 'wait'; days: number }

const wish: fc.Arbitrary<Wish> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.record({
			kind: fc.constant('apply' as const),
			later: fc.constantFrom(1, 1, 1, 1, 0, -1),
			price,
			hold: fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'endless' as const, 'ending' as const),
		}),
	},
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('import' as const), price }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('read' as const, 'look' as const) }) },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('edit' as const),
			price: fc.oneof(fc.constant('as read' as const), price),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('decide' as const),
			decision: fc.constantFrom('approved' as const, 'rejected' as const),
		}),
	},
	{ weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('runOut' as const, 'tidy' as const, 'tidy' as const) }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('limit' as const),
			limits: fc.constantFrom(null, { floor: 60, ceiling: 130 }, { floor: 80, ceiling: 300 }),
		}),
	},
	{
		weight: 8,
		arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 5, 10, 29, 30, 31) }),
	},
)
const story = fc.array(wish, { minLength: 15, maxLength: 60, size: 'max' })

test.each<[Engine, number]>([
	['postgres', 25],
	['pglite', 10],
])(
	'on %s prices behave like the model in %i random stories of a source, the shop, a person and time',
	async (engine, numRuns) => {
		await using prices = await openPrices(engine)
		await fc.assert(
			fc.asyncProperty(story, (wishes) => play(prices, wishes)),
			{ numRuns },
		)
	},
)

/** What a person has read of the product and of its hold. */
type Knowledge = { version: number; price: number; hold: ModelHold | undefined }

async function play(prices: OpenPrices, wishes: Wish[]): Promise<void> {
	await prices.reset(startPrice)
	const model = createPriceModel(startPrice)
	const known: Knowledge = { version: 1, price: startPrice, hold: undefined }
	const story: unknown[] = []
	for (const one of wishes) {
		const operation = operationOf(one, model, known)
		if (operation === undefined) continue
		story.push(operation)
		const what = JSON.stringify(story)
		expect(await prices.perform(operation), what).toEqual(act(model, operation))
		const rows = await prices.read()
		expect({ ...rows, holds: rows.holds.map(inWords).sort() }, what).toEqual(expectedRows(model, rows))
		for (const hold of model.holds.filter(({ id }) => id === undefined)) {
			const others = new Set(model.holds.map(({ id }) => id))
			hold.id = rows.holds.find((row) => !others.has(row.id) && inWords(row) === inWords(hold))?.id ?? ''
		}
	}
}

function operationOf(one: Wish, model: PriceModel, known: Knowledge): PriceOperation | undefined {
	switch (one.kind) {
		case 'apply':
			return { ...one, sequence: Math.max(1, model.sequence + one.later) }
		case 'read':
			Object.assign(known, { version: model.version, price: presentPrice(model) })
			return undefined
		case 'look':
			known.hold = model.holds.findLast(({ state }) => state === 'open') ?? known.hold
			return undefined
		case 'edit':
			return { ...one, version: known.version, price: one.price === 'as read' ? known.price : one.price }
		case 'decide': {
			const { id: holdId, price } = known.hold ?? {}
			return holdId === undefined || price === undefined ? undefined : { ...one, holdId, price }
		}
		default:
			return one as PriceOperation
	}
}

/** What the database must show. Prices that ended long ago may be gone. */
function expectedRows(model: PriceModel, { prices }: PriceRows) {
	const all = model.prices.map(({ price }) => price)
	const isKept = (_: unknown, place: number) => (model.prices[place + 1]?.day ?? model.day) >= model.day - keptDays
	const kept = all.filter(isKept).length
	return {
		price: presentPrice(model),
		version: model.version,
		title: expect.any(String),
		lowest: lowestOf30Days(model),
		prices: all.slice(-Math.max(kept, Math.min(prices.length, all.length))),
		holds: model.holds.map(inWords).sort(),
	}
}

function inWords({ price, rule, hasEnd, state, hasLapsed }: ModelHold): string {
	return `${price} ${rule}${hasEnd ? ' until a time' : ''} ${state}${hasLapsed ? ' lapsed' : ''}`
}
