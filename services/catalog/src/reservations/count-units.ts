import { Counter } from '@mercat/service/metrics'
import type { HoldFromMemoryNeeds } from './hold-from-memory.ts'
import type { ReservationState } from './reservation.ts'
import type { HoldWrite, InReservationTransaction, ReservationTransaction } from './reservation-transaction.ts'
import type { Settlement } from './settlement.ts'

const unitChanges = ['held', 'sold', 'released', 'expired', 'returned'] as const

type UnitChange = (typeof unitChanges)[number]

const units = new Counter({
	name: 'mercat_stock_units_total',
	help: 'Units of stock by what reservations did with them: held for an order, sold, released before they were sold, expired because the hold ran out, returned after they were sold',
	labelNames: ['change'],
})
// A rate needs a value before the first change.
for (const change of unitChanges) units.inc({ change }, 0)

type Lines = { lines: readonly { quantity: number }[] }

/** The same transaction, which counts the units that it has moved after it has committed. */
export function countUnits(transaction: InReservationTransaction): InReservationTransaction {
	return async (work, budget) => {
		let count = () => {}
		const result = await transaction((steps) => {
			// The transaction may run again from the start.
			const moved = new Map<UnitChange, number>()
			count = () => {
				for (const [change, quantity] of moved) units.inc({ change }, quantity)
			}
			return work(countingSteps(steps, moved))
		}, budget)
		count()
		return result
	}
}

/** The same write of new holds, which counts their units when it has written them. */
export function countHolds(holdAtOnce: HoldFromMemoryNeeds['holdAtOnce']): HoldFromMemoryNeeds['holdAtOnce'] {
	return async (holds, budget) => {
		const since = await holdAtOnce(holds, budget)
		if (since !== undefined) units.inc({ change: 'held' }, sumOf(holds))
		return since
	}
}

function countingSteps(steps: ReservationTransaction, moved: Map<UnitChange, number>): ReservationTransaction {
	const move = (change: UnitChange, quantity: number) => moved.set(change, (moved.get(change) ?? 0) + quantity)
	return {
		...steps,
		async writeHoldsAndCommit(holds) {
			const ends = await steps.writeHoldsAndCommit(holds)
			move('held', sumOf(holds.filter((hold) => takesStock(hold) && ends.has(hold.orderId))))
			return ends
		},
		async settle(settlements, who) {
			await steps.settle(settlements, who)
			for (const settlement of settlements) {
				const change = changeOf(settlement)
				if (change !== undefined) move(change, sumOf([settlement.reservation]))
			}
		},
	}
}

function takesStock({ write }: HoldWrite): boolean {
	return write !== 'extend'
}

function changeOf({ reservation, to }: Settlement): UnitChange | undefined {
	switch (to) {
		case 'committed':
			return 'sold'
		case 'expired':
			return 'expired'
		case 'released':
			return changeByRelease[reservation.state]
	}
}

// An expired hold has no stock to give back.
const changeByRelease: Partial<Record<ReservationState, UnitChange>> = { held: 'released', committed: 'returned' }

function sumOf(reservations: Lines[]): number {
	let sum = 0
	for (const { lines } of reservations) for (const { quantity } of lines) sum += quantity
	return sum
}
