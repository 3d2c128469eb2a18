import { isDeepStrictEqual } from 'node:util'
import type { Engine } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Inventory, type InventoryOperation, openInventory } from './open-inventory.ts'
import * as model from './stock-model.ts'

const skus = ['CUP', 'POT']
const orderId = fc.constantFrom(...['a', 'b', 'c', 'd'].map((digit) => `00000000-0000-5000-8000-00000000000${digit}`))
const lines = fc
	.tuple(fc.nat(2), fc.nat(2))
	.filter(([cups, pots]) => cups + pots > 0)
	.map(([cups, pots]): model.Lines => ({ ...(cups > 0 && { CUP: cups }), ...(pots > 0 && { POT: pots }) }))
const reservation = fc.record({ orderId, lines, createOnly: fc.boolean() })
const batch = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { minLength: 1, maxLength })
const stockChange = fc.record({ sku: fc.constantFrom(...skus), requestId: fc.constantFrom('', '', 'first', 'second') })
const change = fc
	.oneof(
		fc.record({ kind: fc.constant('set' as const), amount: fc.nat(6) }),
		fc.record({ kind: fc.constant('adjust' as const), amount: fc.integer({ min: -3, max: 3 }) }),
	)
	.chain((what) => stockChange.map((where): InventoryOperation => ({ change: { ...what, ...where } })))
const sweep = fc.constant('sweep').map((): InventoryOperation => ({ sweep: true }))
const reserve = (most: number) => batch(reservation, most).map((all): InventoryOperation => ({ reserve: all }))
const commit = (most: number) => batch(orderId, most).map((all): InventoryOperation => ({ commit: all }))
const release = (most: number) => batch(orderId, most).map((all): InventoryOperation => ({ release: all }))

/** Operations that are sent at the same time. Most steps have one. */
type Step = InventoryOperation[]
const atOnce = (most: number, mostEach: number): fc.Arbitrary<Step> =>
	fc.array(fc.oneof(reserve(mostEach), commit(mostEach), release(mostEach), sweep, change), {
		minLength: 2,
		maxLength: most,
	})

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(reserve(4)) },
	{ weight: 2, arbitrary: fc.tuple(commit(4)) },
	{ weight: 1, arbitrary: fc.tuple(release(4)) },
	{ weight: 2, arbitrary: fc.tuple(orderId.map((id): InventoryOperation => ({ runOut: id }))) },
	{ weight: 1, arbitrary: fc.tuple(sweep) },
	{ weight: 2, arbitrary: fc.tuple(change) },
	{ weight: 3, arbitrary: atOnce(3, 1) },
	{ weight: 3, arbitrary: atOnce(2, 2) },
)
const history = fc.array(step, { minLength: 10, maxLength: 40, size: 'max' })

test.each<[Engine, number]>([
	['postgres', 60],
	['pglite', 30],
])('on %s the inventory behaves like the model of plain maps in %i random histories', async (engine, numRuns) => {
	await using inventory = await openInventory(engine, skus)
	const agrees = fc.asyncProperty(history, async (steps) => {
		await inventory.clear()
		let expected = model.createStockModel(skus)
		const stocked = skus.map((sku): Step => [{ change: { kind: 'set', sku, amount: 4, requestId: '' } }])
		for (const step of [...stocked, ...steps]) expected = await performed(inventory, expected, step)
	})
	await fc.assert(agrees, { numRuns })
})

/** Performs a step and returns the model after it. Some order of the operations must explain all answers and rows. */
async function performed(inventory: Inventory, before: model.StockModel, step: Step): Promise<model.StockModel> {
	const answers = await Promise.all(step.map(inventory.perform))
	const seen = { answers: answers.flat(), ...(await inventory.read()) }
	let first: unknown
	for (const { after, answers } of outcomes(before, deedsOf(step), step.length > 1)) {
		const explained = { answers, ...model.visibleStock(after) }
		if (isDeepStrictEqual(explained, seen)) return after
		first ??= explained
	}
	expect(seen, JSON.stringify(step)).toEqual(first)
	return before
}

/** The smallest part of a step, with the places of its answer among all answers. */
type Deed = { places: number[] } & ({ act(state: model.StockModel): unknown } | { sweep: true })

function deedsOf(step: Step): Deed[] {
	let place = 0
	return step.flatMap((operation): Deed[] => {
		if ('reserve' in operation) {
			return operation.reserve.map(({ orderId, lines, createOnly }) => ({
				places: [place++],
				act: (state) => model.reserve(state, orderId, lines, createOnly),
			}))
		}
		if ('commit' in operation) return inLockOrder(operation.commit, model.commit)
		if ('release' in operation) return inLockOrder(operation.release, model.release)
		if ('change' in operation) return [{ places: [place++], act: (state) => model.change(state, operation.change) }]
		if ('sweep' in operation) return [{ places: [place++], sweep: true }]
		return [{ places: [place++], act: (state) => model.runOut(state, operation.runOut) }]
	})

	// A batch handles each id once, in the order in which reservations are locked.
	function inLockOrder(ids: string[], act: (state: model.StockModel, id: string) => string): Deed[] {
		const start = place
		place += ids.length
		const placesOf = (id: string) => ids.flatMap((other, index) => (other === id ? [start + index] : []))
		return [...new Set(ids)].sort().map((id) => ({ places: placesOf(id), act: (state) => act(state, id) }))
	}
}

type Outcome = { after: model.StockModel; answers: unknown[] }

/** The outcome of deeds one after another. Deeds at the same time have every outcome that some order of them gives. */
function* outcomes(before: model.StockModel, open: Deed[], atOnce: boolean): Generator<Outcome> {
	if (open.length === 0) yield { after: before, answers: [] }
	for (const deed of atOnce ? open : open.slice(0, 1)) {
		for (const { after, answer } of outcomesOfOne(before, deed, atOnce)) {
			const others = open.filter((other) => other !== deed)
			for (const rest of outcomes(after, others, atOnce)) {
				for (const place of deed.places) rest.answers[place] = answer
				yield rest
			}
		}
	}
}

function* outcomesOfOne(before: model.StockModel, deed: Deed, atOnce: boolean) {
	if ('act' in deed) {
		const after = structuredClone(before)
		yield { after, answer: deed.act(after) }
		return
	}
	// A sweeper skips reservations that another transaction has locked.
	const sweepable = model.sweepable(before)
	for (const swept of atOnce ? subsets(sweepable) : [sweepable]) {
		const after = structuredClone(before)
		yield { after, answer: model.sweep(after, swept) }
	}
}

function subsets<T>(all: T[]): T[][] {
	return all.reduce<T[][]>((sets, one) => sets.flatMap((set) => [set, [...set, one]]), [[]])
}
