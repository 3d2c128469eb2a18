import { isDeepStrictEqual } from 'node:util'
import type { Engine } from '@mercat/database/testing/test-database'
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
const reservation = fc.record({ orderId, lines })
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

/** What is asked for at once; mostly one thing. */
type Step = InventoryOperation[]

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(reserve(4)) },
	{ weight: 2, arbitrary: fc.tuple(commit(4)) },
	{ weight: 1, arbitrary: fc.tuple(release(4)) },
	{ weight: 2, arbitrary: fc.tuple(orderId.map((id): InventoryOperation => ({ runOut: id }))) },
	{ weight: 1, arbitrary: fc.tuple(sweep) },
	{ weight: 2, arbitrary: fc.tuple(change) },
	{
		weight: 4,
		arbitrary: fc.array(fc.oneof(reserve(1), commit(1), release(1), sweep, change), { minLength: 2, maxLength: 3 }),
	},
)
const history = fc.array(step, { minLength: 10, maxLength: 40, size: 'max' })

test.each<[Engine, number]>([
	['postgres', 80],
	['pglite', 40],
])('on %s the inventory does what plain maps do, in %i random histories', async (engine, numRuns) => {
	await using inventory = await openInventory(engine, skus)
	const agrees = fc.asyncProperty(history, async (steps) => {
		await inventory.clear()
		let expected = model.createStockModel(skus)
		const stocked = skus.map((sku): Step => [{ change: { kind: 'set', sku, amount: 4, requestId: '' } }])
		for (const step of [...stocked, ...steps]) expected = await performed(inventory, expected, step)
	})
	await fc.assert(agrees, { numRuns })
})

/** Performs a step and gives the model as it is then: there must be an order of the operations that explains all that is seen. */
async function performed(inventory: Inventory, before: model.StockModel, step: Step): Promise<model.StockModel> {
	const answers = await Promise.all(step.map(inventory.perform))
	const seen = { answers, ...(await inventory.read()) }
	const explanations = [...outcomes(before, step)].map(({ after, answers }) => ({
		after,
		wouldBeSeen: { answers: step.map((operation) => answers.get(operation)), ...model.visibleStock(after) },
	}))
	const explanation = explanations.find(({ wouldBeSeen }) => isDeepStrictEqual(wouldBeSeen, seen))
	if (explanation === undefined) expect(seen, JSON.stringify(step)).toEqual(explanations[0]?.wouldBeSeen)
	return explanation?.after ?? before
}

type Outcome = { after: model.StockModel; answers: Map<InventoryOperation, unknown> }

/** Everything that may come of a step: its operations one after another, in any order. */
function* outcomes(before: model.StockModel, open: Step, atOnce = open.length > 1): Generator<Outcome> {
	if (open.length === 0) yield { after: before, answers: new Map() }
	for (const operation of open) {
		for (const { after, answer } of outcomesOfOne(before, operation, atOnce)) {
			const others = open.filter((other) => other !== operation)
			for (const rest of outcomes(after, others, atOnce)) {
				yield { after: rest.after, answers: rest.answers.set(operation, answer) }
			}
		}
	}
}

function* outcomesOfOne(before: model.StockModel, operation: InventoryOperation, atOnce: boolean) {
	// A sweeper passes over what others are working on at that moment.
	const sweeps = 'sweep' in operation && atOnce ? subsets(model.sweepable(before)) : [model.sweepable(before)]
	for (const swept of sweeps) {
		const after = structuredClone(before)
		yield { after, answer: apply(after, operation, swept) }
	}
}

function apply(state: model.StockModel, operation: InventoryOperation, swept: string[]): unknown {
	if ('reserve' in operation) return operation.reserve.map(({ orderId, lines }) => model.reserve(state, orderId, lines))
	if ('commit' in operation) return inLockOrder(operation.commit, (id) => model.commit(state, id))
	if ('release' in operation) return inLockOrder(operation.release, (id) => model.release(state, id))
	if ('change' in operation) return model.change(state, operation.change)
	if ('sweep' in operation) return model.sweep(state, swept)
	model.runOut(state, operation.runOut)
	return undefined
}

// A batch does each id once, in the order in which reservations are locked.
function inLockOrder(ids: string[], act: (id: string) => string): (string | undefined)[] {
	const answers = new Map([...new Set(ids)].sort().map((id) => [id, act(id)]))
	return ids.map((id) => answers.get(id))
}

function subsets<T>(all: T[]): T[][] {
	return all.reduce<T[][]>((sets, one) => sets.flatMap((set) => [set, [...set, one]]), [[]])
}
