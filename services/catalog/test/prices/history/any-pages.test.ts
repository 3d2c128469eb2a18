import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GetPriceHistoryRequest__Output as Request } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import type { PriceBar as BarMessage } from '@mercat/catalog-api/messages/PriceBar'
import type { PricePeriod as PeriodMessage } from '@mercat/catalog-api/messages/PricePeriod'
import { createBudget } from '@mercat/service/budget'
import { createPageTokens } from '@mercat/service/page-token'
import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBarEncoder } from '../../../src/prices/history/encode-bars.ts'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { getPriceHistory } from '../../../src/prices/history/get-price-history.ts'
import { createHistoryStore } from '../../../src/prices/history/history-store.ts'
import { barOf } from '../../../src/prices/history/price-bars.ts'
import { anySteps, changeAsStep } from './any-step.ts'
import { dayUs, type Listed, listBars, openPriceList, sku } from './price-list.ts'

const stepsUs = {
	PRICE_STEP_UNSPECIFIED: 0,
	PRICE_STEP_MINUTE: 60_000_000,
	PRICE_STEP_HOUR: dayUs / 24,
	PRICE_STEP_DAY: dayUs,
}

// Where a range begins or ends: somewhere in the history or beside it, or close to the beginning of a price.
const anyTime = fc.oneof(
	fc.record({ permille: fc.integer({ min: -100, max: 1_100 }) }),
	fc.record({ price: fc.nat(), nudge: fc.integer({ min: -1, max: 1 }) }),
)

const anyQuery = fc.record({
	step: fc.constantFrom(...(Object.keys(stepsUs) as (keyof typeof stepsUs)[])),
	from: fc.option(anyTime),
	to: fc.option(anyTime),
	pageSize: fc.integer({ min: 1, max: 40 }),
	mostPrices: fc.integer({ min: 2, max: 30 }),
})

type AnyTime = typeof anyTime extends fc.Arbitrary<infer Value> ? Value : never

const { responseDeserialize, responseSerialize } = catalogRpcs.GetPriceHistory
const encodeBars = createBarEncoder(responseSerialize)

const beginsAt = Date.UTC(2010, 0, 1, 22, 30) * 1000

const timestampOf = (us: number) => ({ seconds: Math.floor(us / 1e6), nanos: (us % 1e6) * 1000 })

function expectedBars(prices: readonly Listed[], stepUs: number, from: number, to: number) {
	const first = Math.floor(Math.max(from, beginsAt) / stepUs)
	const bars = listBars(prices, stepUs).filter(({ step }) => step >= first && step * stepUs < to)
	if (first * stepUs < to && bars[0]?.step !== first) {
		bars.unshift(barOf(first, prices.find(({ endedAt }) => endedAt >= first * stepUs) as Listed, 0))
	}
	return bars.map((bar) => ({
		beginTime: timestampOf(bar.step * stepUs),
		currencyCode: bar.currency,
		openMinor: bar.open,
		highMinor: bar.high,
		lowMinor: bar.low,
		closeMinor: bar.close,
		changes: bar.changes,
	}))
}

describe.each(engines)('pages of any history of a price on %s', (engine) => {
	test('have each period and each bar of the range once and in order, while prices are folded', async () => {
		const queries = fc.array(anyQuery, { minLength: 15, maxLength: 15 })
		await fc.assert(
			fc.asyncProperty(anySteps, queries, async (steps, queriesOfList) => {
				await using list = await openPriceList(engine, beginsAt)
				const { database, prices } = list
				const { foldChunk, forgetPrices, pruneChunk } = createFoldStore(database, 3)
				for (const step of steps) await changeAsStep(list, step)
				const endsAt = list.present().beganAt
				const pageTokens = createPageTokens<object>('key') as ReturnType<typeof createPageTokens<never>>

				async function pagesOf(request: Request, mostPrices: number) {
					const get = getPriceHistory({ pageTokens, encodeBars, ...createHistoryStore(database), mostPrices })
					const items: (BarMessage | PeriodMessage)[] = []
					for (let pageToken = ''; ; ) {
						const answered = await get({ ...request, pageToken }, createBudget(10_000))
						const page = Buffer.isBuffer(answered) ? responseDeserialize(answered) : answered
						const found = (page.bars?.length ? page.bars : page.periods) ?? []
						expect(found.length).toBeLessThanOrEqual(request.pageSize)
						items.push(...found)
						pageToken = page.nextPageToken as string
						if (pageToken === '') return items
						await foldChunk()
					}
				}

				for (const [index, query] of queriesOfList.entries()) {
					await list.markAt(beginsAt + Math.floor(((endsAt - beginsAt) * index) / 12))
					const timeAt = (time: AnyTime | null) => {
						if (time === null) return undefined
						if ('permille' in time) return beginsAt + Math.floor(((endsAt - beginsAt) * time.permille) / 1000)
						return (prices[time.price % prices.length] as Listed).beganAt + time.nudge
					}
					const [from, to] = [timeAt(query.from), timeAt(query.to)]
					if (from !== undefined && to !== undefined && to <= from) continue
					const found = await pagesOf(
						{
							sku,
							from: from === undefined ? null : timestampOf(from),
							to: to === undefined ? null : timestampOf(to),
							step: query.step,
							pageSize: query.pageSize,
							pageToken: '',
						},
						query.mostPrices,
					)
					const end = to ?? Number.POSITIVE_INFINITY
					const stepUs = stepsUs[query.step]
					if (stepUs > 0) {
						expect(found).toEqual(expectedBars(prices, stepUs, from ?? 0, end))
					} else {
						const inRange = prices.filter(({ beganAt, endedAt }) => endedAt > (from ?? 0) && beganAt < end)
						expect(found).toEqual(
							inRange.map(({ currency, amountMinor, beganAt, endedAt }) => ({
								price: { currencyCode: currency, amountMinor },
								beginTime: timestampOf(beganAt),
								endTime: Number.isFinite(endedAt) ? timestampOf(endedAt) : null,
							})),
						)
					}
				}

				// All prices are older than 40 days. So only those that are not folded are left.
				await forgetPrices()
				while (await pruneChunk());
				const days: Request = { sku, from: null, to: null, step: 'PRICE_STEP_DAY', pageSize: 7, pageToken: '' }
				expect(await pagesOf(days, 5)).toEqual(expectedBars(prices, dayUs, 0, Number.POSITIVE_INFINITY))
			}),
			{ numRuns: engine === 'postgres' ? 4 : 1, endOnFailure: true },
		)
	})
})
