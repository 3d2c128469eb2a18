import fc from 'fast-check'
import { dayUs, type PriceList } from './price-list.ts'

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

/** Changes of a price, and how far they are folded. */
export const anySteps = fc.array(anyStep, { minLength: 40, maxLength: 70 })

/** Changes the price as a step says. */
export async function changeAsStep(list: PriceList, step: Step): Promise<void> {
	const { currency, amountMinor } = list.present()
	const isSame = currency === step.currency && amountMinor === step.amountMinor
	await list.change(timeOfStep(step, list.prices), {
		...step,
		amountMinor: isSame ? amountMinor + 1 : step.amountMinor,
	})
}
