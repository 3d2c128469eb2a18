import { randomUUID } from 'node:crypto'
import type { ReservationRequest } from '@mercat/catalog-api/messages/ReservationRequest'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { startTestCatalog } from '../start-catalog.ts'

describe.each(engines)('reservations on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const stock = inventoryCalls(catalog)

	const swept = (sku: string) => eventually(async () => expect((await stock.levels(sku))[0]?.held).toBe(0))

	test('a reservation holds its stock and has the present titles, prices and total', async () => {
		const [a, b] = [await stock.stocked(5, 1250), await stock.stocked(5, 399)]
		const { reservation } = await stock.reserve(reservationOf({ [a]: 2, [b]: 3 }))
		expect(reservation).toMatchObject({
			state: 'RESERVATION_STATE_HELD',
			total: { currencyCode: 'EUR', amountMinor: 3697 },
		})
		expect(reservation?.lines.find(({ sku }) => sku === a)).toMatchObject({
			title: 'Stoneware mug',
			quantity: 2,
			unitPrice: { currencyCode: 'EUR', amountMinor: 1250 },
		})
		expect(await stock.levels(a, b)).toMatchObject([
			{ onHand: 5, held: 2, available: 3 },
			{ onHand: 5, held: 3, available: 2 },
		])
	})

	test('a repeated request holds nothing more, keeps the price, and moves the end of the hold', async () => {
		const sku = await stock.stocked(5)
		const first = await stock.reserve(reservationOf({ [sku]: 2 }, { orderId: '11111111-1111-5111-8111-111111111111' }))
		await catalog.update({ sku, price: { currencyCode: 'EUR', amountMinor: 1 } }, ['price'])
		const again = await stock.reserve(
			reservationOf({ [sku]: 2 }, { orderId: '11111111-1111-5111-8111-111111111111', holdS: 3600 }),
		)
		expect(again.reservation?.total).toEqual(first.reservation?.total)
		expect(Number(again.reservation?.expireTime?.seconds)).toBeGreaterThan(
			Number(first.reservation?.expireTime?.seconds) + 2900,
		)
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 5, held: 2 }])
	})

	test('a request with other lines for the same order is a mismatch and changes nothing', async () => {
		const [sku, other] = [await stock.stocked(5), await stock.stocked(5)]
		const reservation = reservationOf({ [sku]: 2 })
		await stock.reserve(reservation)
		const outcomes = await stock.reserveAll([
			{ ...reservation, lines: [{ sku, quantity: 3 }] },
			{ ...reservation, lines: [{ sku: other, quantity: 2 }] },
			{ ...reservation, lines: [...(reservation.lines ?? []), { sku: other, quantity: 1 }] },
		])
		expect(outcomes.map(({ refusal }) => refusal?.reason)).toEqual(Array(3).fill('RESERVATION_MISMATCH'))
		expect(await stock.levels(sku, other)).toMatchObject([{ held: 2 }, { held: 0 }])
	})

	test('a refusal names the first reason that applies and every line at fault, and holds nothing', async () => {
		const [plenty, few, yen, huge, archived] = [
			await stock.stocked(10, 1000),
			await stock.stocked(1, 1000),
			await stock.stocked(10, 1000, 'JPY'),
			await stock.stocked(10, Number.MAX_SAFE_INTEGER),
			await stock.stocked(10),
		]
		await catalog.archive(archived)
		const expected = { currencyCode: 'EUR', amountMinor: 999 }
		const refusalOf = async (lines: { sku: string; quantity: number; expectedUnitPrice?: typeof expected }[]) => {
			const { refusal } = await stock.reserve({ ...reservationOf({}), lines })
			return { reason: refusal?.reason, skus: refusal?.lines.map(({ sku }) => sku).sort() }
		}
		const lines = {
			plenty: { sku: plenty, quantity: 1, expectedUnitPrice: expected },
			few: { sku: few, quantity: 2 },
			yen: { sku: yen, quantity: 11 },
			huge: { sku: huge, quantity: 2 },
			archived: { sku: archived, quantity: 11 },
			unknown: { sku: 'no-such-product', quantity: 1 },
			unknownToo: { sku: 'nor-this', quantity: 1 },
		}
		expect(await refusalOf(Object.values(lines))).toEqual({
			reason: 'PRODUCT_NOT_FOUND',
			skus: ['no-such-product', 'nor-this'],
		})
		expect(await refusalOf([lines.archived, lines.yen, lines.huge])).toEqual({
			reason: 'PRODUCT_ARCHIVED',
			skus: [archived],
		})
		expect((await refusalOf([lines.yen, lines.huge, lines.few])).reason).toBe('MIXED_CURRENCIES')
		expect((await refusalOf([lines.huge, lines.plenty, lines.few])).reason).toBe('TOTAL_TOO_LARGE')
		expect(await refusalOf([lines.plenty, lines.few])).toEqual({ reason: 'PRICE_CHANGED', skus: [plenty] })
		expect(
			await refusalOf([{ ...lines.plenty, expectedUnitPrice: { ...expected, amountMinor: 1000 } }, lines.few]),
		).toEqual({
			reason: 'OUT_OF_STOCK',
			skus: [few],
		})
		expect(await stock.levels(plenty, few, yen, huge, archived)).toMatchObject(Array(5).fill({ held: 0 }))
	})

	test('each reservation of a batch succeeds or fails by itself, and the last piece is held once', async () => {
		const [last, other] = [await stock.stocked(1), await stock.stocked(9)]
		const outcomes = await stock.reserveAll([
			reservationOf({ [last]: 1, [other]: 1 }),
			reservationOf({ [last]: 1, [other]: 1 }),
			reservationOf({ [other]: 4 }),
			reservationOf({ unknown: 1 }),
		])
		expect(outcomes.map(({ refusal }) => refusal?.reason)).toEqual([
			undefined,
			'OUT_OF_STOCK',
			undefined,
			'PRODUCT_NOT_FOUND',
		])
		expect(outcomes[1]?.refusal?.lines).toMatchObject([{ sku: last, requestedQuantity: 1, availableQuantity: 0 }])
		expect(await stock.levels(last, other)).toMatchObject([{ held: 1 }, { held: 5 }])
	})

	test('an order that comes twice in a batch is held once', async () => {
		const sku = await stock.stocked(3)
		const reservation = reservationOf({ [sku]: 2 })
		const outcomes = await stock.reserveAll([reservation, reservation])
		expect(outcomes[0]?.reservation?.expireTime).toEqual(outcomes[1]?.reservation?.expireTime)
		expect(await stock.levels(sku)).toMatchObject([{ held: 2 }])
	})

	test('a hold past its end is swept, and its order may then ask for other lines', async () => {
		const sku = await stock.stocked(3)
		const reservation = reservationOf({ [sku]: 2 }, { holdS: 1 })
		await stock.reserve(reservation)
		await swept(sku)
		const again = await stock.reserve(reservationOf({ [sku]: 3 }, reservation))
		expect(again.reservation?.lines).toMatchObject([{ quantity: 3 }])
		expect(await stock.levels(sku)).toMatchObject([{ held: 3 }])
	})

	test.each(['held', 'expired', 'committed', 'released'] as const)(
		'a create-only request is refused and changes nothing when the order has a reservation that is %s',
		async (state) => {
			const sku = await stock.stocked(9)
			const reservation = reservationOf({ [sku]: 2 }, { holdS: state === 'expired' ? 1 : 600 })
			const first = await stock.reserve({ ...reservation, createOnly: true })
			expect(first.reservation).toMatchObject({ state: 'RESERVATION_STATE_HELD', lines: [{ quantity: 2 }] })
			if (state === 'expired') await swept(sku)
			if (state === 'committed') await stock.commit(reservation.orderId)
			if (state === 'released') await stock.release(reservation.orderId)
			const levels = await stock.levels(sku)

			const others = [reservation, reservationOf({ [sku]: 3 }, reservation), reservationOf({ unknown: 1 }, reservation)]
			const outcomes = await stock.reserveAll(others.map((other) => ({ ...other, createOnly: true })))
			expect(outcomes.map(({ refusal }) => refusal)).toEqual(Array(3).fill({ reason: 'RESERVATION_EXISTS', lines: [] }))
			expect(await stock.levels(sku)).toEqual(levels)
		},
	)

	test('of twenty equal create-only requests at the same time, one is held and the others are refused', async () => {
		const sku = await stock.stocked(1)
		const reservation = { ...reservationOf({ [sku]: 1 }), createOnly: true }
		const outcomes = await Promise.all(Array.from({ length: 20 }, () => stock.reserve(reservation)))
		expect(outcomes.filter(({ reservation }) => reservation)).toHaveLength(1)
		expect(outcomes.filter(({ refusal }) => refusal?.reason === 'RESERVATION_EXISTS')).toHaveLength(19)
		expect(await stock.levels(sku)).toMatchObject([{ held: 1 }])
	})

	test('a commit turns the hold into a sale, once', async () => {
		const sku = await stock.stocked(5)
		const reservation = reservationOf({ [sku]: 2 })
		await stock.reserve(reservation)
		expect(await stock.commit(reservation.orderId, reservation.orderId)).toEqual(['', ''])
		expect(await stock.commit(reservation.orderId)).toEqual([''])
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 3, held: 0 }])
		expect((await stock.reserve(reservation)).reservation?.state).toBe('RESERVATION_STATE_COMMITTED')
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 3, held: 0 }])
	})

	test('a commit of an expired hold takes the stock again if it is there, and is OUT_OF_STOCK otherwise', async () => {
		const sku = await stock.stocked(3)
		const [there, gone] = [reservationOf({ [sku]: 2 }, { holdS: 1 }), reservationOf({ [sku]: 1 }, { holdS: 1 })]
		await stock.reserveAll([there, gone])
		await swept(sku)
		await stock.reserve(reservationOf({ [sku]: 1 }))
		expect(await stock.commit(there.orderId)).toEqual([''])
		expect(await stock.commit(gone.orderId, randomUUID())).toEqual(['OUT_OF_STOCK', 'RESERVATION_NOT_FOUND'])
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 1, held: 1 }])
	})

	test('a release frees held stock and returns sold stock, once and for good', async () => {
		const sku = await stock.stocked(5)
		const [held, sold] = [reservationOf({ [sku]: 1 }), reservationOf({ [sku]: 2 })]
		await stock.reserveAll([held, sold])
		await stock.commit(sold.orderId)
		const states = await stock.release(held.orderId, sold.orderId)
		expect(states).toEqual(['RESERVATION_STATE_HELD', 'RESERVATION_STATE_COMMITTED'])
		await stock.release(held.orderId, sold.orderId)
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 5, held: 0 }])
		const outcomes = await stock.reserveAll([held, sold])
		expect(outcomes.map(({ refusal }) => refusal?.reason)).toEqual(['RESERVATION_RELEASED', 'RESERVATION_RELEASED'])
		expect(await stock.commit(held.orderId)).toEqual(['RESERVATION_RELEASED'])
	})

	test('after the release of an unknown order, a reservation for it is refused', async () => {
		const sku = await stock.stocked(5)
		const late = reservationOf({ [sku]: 1 })
		expect(await stock.release(late.orderId)).toEqual(['RESERVATION_STATE_UNSPECIFIED'])
		expect((await stock.reserve(late)).refusal?.reason).toBe('RESERVATION_RELEASED')
		expect(await stock.levels(sku)).toMatchObject([{ held: 0 }])
	})

	test('when forty buyers want fifteen pieces, fifteen buyers get one each', async () => {
		const sku = await stock.stocked(15)
		const outcomes = await Promise.all(Array.from({ length: 40 }, () => stock.reserve(reservationOf({ [sku]: 1 }))))
		expect(outcomes.filter(({ reservation }) => reservation)).toHaveLength(15)
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 15, held: 15 }])
	})

	test('twenty equal requests at the same time hold once', async () => {
		const sku = await stock.stocked(15)
		const reservation = reservationOf({ [sku]: 3 })
		const outcomes = await Promise.all(Array.from({ length: 20 }, () => stock.reserve(reservation)))
		expect(outcomes.every(({ reservation }) => reservation?.state === 'RESERVATION_STATE_HELD')).toBe(true)
		expect(await stock.levels(sku)).toMatchObject([{ held: 3 }])
	})

	test('reservations, commits and releases that take the same products in opposite orders all get an answer', async () => {
		const skus = await Promise.all([1, 2, 3, 4].map(() => stock.stocked(1000)))
		const turn = async (index: number) => {
			const order = index % 2 === 0 ? skus : skus.toReversed()
			const batch = [1, 2, 3].map(() => reservationOf(Object.fromEntries(order.map((sku) => [sku, 1]))))
			await stock.reserveAll(index % 3 === 0 ? batch.toReversed() : batch)
			await stock.commit(...batch.map(({ orderId }) => orderId))
			await stock.release(...batch.toReversed().map(({ orderId }) => orderId))
		}
		await Promise.all(Array.from({ length: 16 }, (_, index) => turn(index)))
		expect(await stock.levels(...skus)).toMatchObject(Array(4).fill({ onHand: 1000, held: 0 }))
	})
})

test('when equal requests race for the last piece at two replicas, all of them are answered with the one hold', async () => {
	for (const reasons of await racesForLastPieces(30)) expect(reasons).toEqual(Array(6).fill(undefined))
})

test('when equal create-only requests race for the last piece at two replicas, one holds it and the others hear RESERVATION_EXISTS', async () => {
	for (const reasons of await racesForLastPieces(10, { createOnly: true })) {
		expect(reasons.filter((reason) => reason === undefined)).toHaveLength(1)
		expect(reasons.filter((reason) => reason === 'RESERVATION_EXISTS')).toHaveLength(5)
	}
})

/**
 * Sends six equal requests for a last piece to two replicas, and checks that it is held once.
 *
 * @returns the reasons of the refusals in each round, `undefined` for a hold
 */
async function racesForLastPieces(rounds: number, options: Partial<ReservationRequest> = {}) {
	await using first = await startTestCatalog('postgres')
	await using second = await first.startReplica()
	const replicas = [inventoryCalls(first), inventoryCalls(second)]
	const races: (string | undefined)[][] = []
	for (let round = 0; round < rounds; round++) {
		const sku = await replicas[0]!.stocked(1)
		const reservation = { ...reservationOf({ [sku]: 1 }), ...options }
		const outcomes = await Promise.all(
			Array.from({ length: 6 }, (_, index) => replicas[index % 2]!.reserve(reservation)),
		)
		races.push(outcomes.map(({ refusal }) => refusal?.reason))
		expect(await replicas[0]!.levels(sku)).toMatchObject([{ onHand: 1, held: 1 }])
	}
	return races
}
