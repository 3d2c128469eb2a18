import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { dayUs, listBars, openPriceList, sku } from './price-list.ts'

const hourUs = dayUs / 24
const monthUs = 30 * dayUs

// Prices come close together and days apart, at midnight, and exactly a month after an earlier one.
const anyStep = fc.record({
	after: fc.oneof(
		fc.constantFrom('midnight' as const, 'month' as const),
		fc.integer({ min: 1, max: 3 }),
		fc.integer({ min: 1, max: 5 * hourUs }),
		fc.integer({ min: 1, max: 3 * dayUs }),
	),
	earlier: fc.nat(),
	nudge: fc.integer({ min: -1, max: 1 }),
	currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'USD', 'JPY'),
	amountMinor: fc.integer({ min: 1, max: 30 }),
	// How much is folded after the price: nothing, everything, or up to a time within the hours before.
	foldedTo: fc.option(fc.integer({ min: 0, max: 30 * hourUs }), { freq: 3 }),
})

type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

function timeOfStep({ after, earlier, nudge }: Step, prices: readonly { beganAt: number }[]): number {
	const last = prices.at(-1)?.beganAt ?? 0
	if (after === 'midnight') return (Math.floor(last / dayUs) + 1) * dayUs + Math.max(nudge, 0)
	if (after !== 'month') return last + after
	const times = prices.map(({ beganAt }) => beganAt + monthUs + nudge).filter((time) => time > last)
	return times[earlier % (times.length || 1)] ?? last + 1
}

const barsKept = `
	select (day - date '1970-01-01') as step, currency, open_minor as open, high_minor as high, low_minor as low,
		close_minor as close, changes
	from price_day where sku = $1 order by day, last_began_at`

describe.each(engines)('any history of a price on %s', (engine) => {
	test('has the bars and, at each reduction, the lowest price of its 30 days, however much of it is folded', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { minLength: 60, maxLength: 100 }), async (steps) => {
				await using list = await openPriceList(engine, Date.UTC(2026, 0, 1, 22, 30) * 1000)
				const { database, prices } = list
				const { foldChunk } = createFoldStore(database, 3)
				for (const step of steps) {
					const { currency, amountMinor } = list.present()
					const isSame = currency === step.currency && amountMinor === step.amountMinor
					const at = timeOfStep(step, prices)
					await list.change(at, { ...step, amountMinor: isSame ? amountMinor + 1 : step.amountMinor })

					const after = list.present()
					const isReduction = after.currency === currency && after.amountMinor < amountMinor
					const reductions = await database.query(
						'select lowest_minor from price_reduction join product using (sku) where began_at = price_began_at',
					)
					expect(reductions).toEqual(isReduction ? [{ lowest_minor: list.lowest() }] : [])

					if (step.foldedTo === null) continue
					await list.markAt(at - step.foldedTo)
					while (await foldChunk());
				}
				await list.markAt(list.present().beganAt + 1)
				while (await foldChunk());
				expect(await database.query(barsKept, [sku])).toEqual(listBars(prices, dayUs))
			}),
			{ numRuns: engine === 'postgres' ? 6 : 2 },
		)
	})
})
