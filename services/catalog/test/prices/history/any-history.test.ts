import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { anySteps, changeAsStep } from './any-step.ts'
import { dayUs, listBars, openPriceList, sku } from './price-list.ts'

const barsKept = `
	select (day - date '1970-01-01') as step, currency, open_minor as open, high_minor as high, low_minor as low,
		close_minor as close, changes
	from price_day where sku = $1 order by day, last_began_at`

describe.each(engines)('any history of a price on %s', (engine) => {
	test('has the bars and, at each reduction, the lowest price of its 30 days, however much of it is folded', async () => {
		await fc.assert(
			fc.asyncProperty(anySteps, async (steps) => {
				await using list = await openPriceList(engine, Date.UTC(2010, 0, 1, 22, 30) * 1000)
				const { database, prices } = list
				const { foldChunk } = createFoldStore(database, 3)
				for (const step of steps) {
					const { currency, amountMinor } = list.present()
					await changeAsStep(list, step)

					const after = list.present()
					const isReduction = after.currency === currency && after.amountMinor < amountMinor
					const reductions = await database.query(
						'select lowest_minor from price_reduction join product using (sku) where began_at = price_began_at',
					)
					expect(reductions).toEqual(isReduction ? [{ lowest_minor: list.lowest() }] : [])

					if (step.foldedTo === null) continue
					await list.markAt(after.beganAt - step.foldedTo)
					while (await foldChunk());
				}
				await list.markAt(list.present().beganAt + 1)
				while (await foldChunk());
				expect(await database.query(barsKept, [sku])).toEqual(listBars(prices, dayUs))
			}),
			{ numRuns: engine === 'postgres' ? 4 : 1, endOnFailure: true },
		)
	})
})
