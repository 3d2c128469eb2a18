import * as stock from '@mercat/catalog/testing/stock-model'
import type { Engine } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderIdOf } from '../../../src/order/order-id.ts'
import { openShop, type Shop } from './open-shop.ts'
import * as model from './order-model.ts'

const skus = ['CUP', 'POT']
const customers = ['ann', 'bob']
const bodies: model.Body[] = [
	{ lines: { CUP: 1 }, reference: 'mine' },
	{ lines: { CUP: 1 }, reference: 'a gift' },
	{ lines: { CUP: 2, POT: 1 }, reference: 'mine' },
]

/** One event. `meanwhile` are events that happen during its pause. */
type Event =
	| ({ place: string; pauseAt: 0 | 1; meanwhile: Event[] } & model.Placement)
	| { take: string; action: 'pay' | 'ship' | 'deliver' | 'cancel'; reference: string; meanwhile: Event[] }
	| { relay: number; heard: boolean; meanwhile: Event[] }
	| { log: number }
	| { timeToPayRunsOut: string }
	| { expire: true }
	| { holdRunsOut: string }
	| { sweep: true }
	| { restock: stock.StockChange }

const customer = fc.constantFrom(...customers)

function events(meanwhile: fc.Arbitrary<Event[]>): fc.Arbitrary<Event> {
	const late = fc.nat(9).map((chance) => chance === 9)
	const take = fc.constantFrom('pay' as const, 'pay' as const, 'ship' as const, 'deliver' as const, 'cancel' as const)
	return fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({
				place: customer,
				body: fc.constantFrom(...bodies),
				late,
				isPresumed: fc.boolean(),
				pauseAt: fc.constantFrom(0 as const, 1 as const),
				meanwhile,
			}),
		},
		{
			weight: 5,
			arbitrary: fc.record({ take: customer, action: take, reference: fc.constantFrom('r1', 'r2'), meanwhile }),
		},
		{ weight: 4, arbitrary: fc.record({ relay: fc.integer({ min: 1, max: 3 }), heard: fc.boolean(), meanwhile }) },
		{ weight: 3, arbitrary: fc.record({ log: fc.integer({ min: 1, max: 4 }) }) },
		{ weight: 1, arbitrary: fc.record({ timeToPayRunsOut: customer }) },
		{ weight: 1, arbitrary: fc.constant({ expire: true as const }) },
		{ weight: 1, arbitrary: fc.record({ holdRunsOut: customer }) },
		{ weight: 1, arbitrary: fc.constant({ sweep: true as const }) },
		{
			weight: 1,
			arbitrary: fc.record({
				restock: fc.record({
					kind: fc.constant('set' as const),
					sku: fc.constantFrom(...skus),
					amount: fc.nat(3),
					requestId: fc.constant(''),
				}),
			}),
		},
	)
}

const nothing = fc.constant<Event[]>([])
const meanwhile = fc.oneof(
	{ weight: 2, arbitrary: nothing },
	{ weight: 1, arbitrary: fc.array(events(nothing), { minLength: 1, maxLength: 4 }) },
)
const history = fc.array(events(meanwhile), { minLength: 20, maxLength: 50, size: 'max' })

test.each<[Engine, number]>([
	['postgres', 40],
	['pglite', 20],
])(
	'orders, their events and stock on %s agree with a model of plain data in %i random histories',
	async (engine, numRuns) => {
		await using shop = await openShop(engine, skus)
		const agrees = fc.asyncProperty(history, async (happens) => {
			await shop.clear()
			const expected = model.createShopModel(skus)
			const stocked = skus.map((sku): Event => ({ restock: { kind: 'set', sku, amount: 3, requestId: '' } }))
			// At the end the relay delivers all messages, and all events get their positions.
			const caughtUp = Array.from({ length: 6 }, (): Event => ({ relay: 10, heard: true, meanwhile: [] }))
			for (const event of [...stocked, ...happens, ...caughtUp, { log: 1_000 }]) await happen(shop, expected, event)
			expect(expected.positions).toBe(expected.log.flat().length)
			expect(model.claimable(expected)).toEqual([])
			expectKept(expected)
		})
		await fc.assert(agrees, { numRuns })
	},
)

/** Makes an event happen in the services and in the model, and compares the answers and the data. */
async function happen(shop: Shop, expected: model.ShopModel, event: Event): Promise<void> {
	const all = (others: Event[]) => async () => {
		for (const other of others) await happen(shop, expected, other)
	}
	if ('place' in event) {
		const id = orderIdOf(event.place, 'key')
		const placing = model.place(expected, id, event)
		const pause = (at: 0 | 1) => async () => {
			expect(placing.next().done).toBe(false)
			if (at === event.pauseAt) await all(event.meanwhile)()
		}
		const answer = await shop.place(event.place, event.body, { ...event, pauses: [pause(0), pause(1)] })
		expect(answer).toBe(placing.next().value)
		const isHeld =
			expected.stock.reservations.get(id)?.runOut === false && expected.stock.reservations.get(id)?.state === 'held'
		if (answer === 'placed' && isHeld) expect(await shop.spareHoldMs(id)).toBeGreaterThan(0)
	} else if ('take' in event) {
		const id = orderIdOf(event.take, 'key')
		const taking = model.transition(expected, id, event.action, event.reference)
		taking.next()
		const answer = await shop.transition(id, event.action, event.reference, all(event.meanwhile))
		expect(answer).toBe(taking.next().value)
	} else if ('relay' in event) {
		const claimable = model.claimable(expected)
		const claimed = await shop.claim(event.relay)
		expect(claimable).toEqual(expect.arrayContaining(claimed.names))
		expect(new Set(claimed.names).size).toBe(Math.min(event.relay, claimable.length))
		await all(event.meanwhile)()
		model.deliver(expected, claimed.names)
		const settlements = await claimed.deliver()
		expect(settlements.map(({ outcome }) => outcome)).toEqual(claimed.names.map(() => 'delivered'))
		if (event.heard) {
			model.settle(expected, claimed.names)
			await claimed.settle(settlements)
		}
	} else if ('log' in event) {
		expect(await shop.assignPositions(event.log)).toBe(model.assignPositions(expected, event.log))
	} else if ('timeToPayRunsOut' in event) {
		const id = orderIdOf(event.timeToPayRunsOut, 'key')
		const order = expected.orders.get(id)
		if (order !== undefined) order.overdue = true
		await shop.runOut(id)
	} else if ('expire' in event) {
		expect(await shop.expireOverdue()).toBe(model.expireOverdue(expected))
	} else if ('holdRunsOut' in event) {
		const id = orderIdOf(event.holdRunsOut, 'key')
		stock.runOut(expected.stock, id)
		await shop.inventory.perform({ runOut: id })
	} else if ('sweep' in event) {
		expect(await shop.inventory.perform({ sweep: true })).toBe(stock.sweep(expected.stock))
	} else {
		expect(await shop.inventory.perform({ change: event.restock })).toBe(stock.change(expected.stock, event.restock))
	}
	const seen = await shop.read()
	expect({ ...seen, log: model.inGroups(expected, seen.log) }, JSON.stringify(event)).toEqual(model.visible(expected))
}

const reservedFor: Record<string, string[]> = {
	// An event of the history may end a hold before the payment window is over.
	placed: ['held', 'expired'],
	paid: ['committed'],
	shipped: ['committed'],
	delivered: ['committed'],
	cancelled: ['released'],
	expired: ['released'],
}

/** Expects that reservations fit their orders when the outbox is empty. */
function expectKept({ orders, stock: { reservations } }: model.ShopModel): void {
	for (const [id, order] of orders) {
		const reservation = reservations.get(id)
		expect(reservedFor[model.statusOf(order)]).toContain(reservation?.state)
		if (reservation?.state !== 'released') expect(reservation?.lines).toEqual(order.body.lines)
	}
	for (const [id, { state }] of reservations) if (!orders.has(id)) expect(['held', 'expired']).toContain(state)
}
