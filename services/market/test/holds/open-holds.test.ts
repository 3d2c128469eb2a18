import { expect, test } from 'vitest'
import { createOpenHolds, type HeldPrice, type OpenHoldsNeeds } from '../../src/holds/open-holds.ts'

const hold: HeldPrice = {
	id: 'H1',
	sku: 'GOLD',
	source: 'metals',
	rule: 'TICK_CHANGE',
	currency: 'EUR',
	amountMinor: 1_000,
}

/** Holds with a list of those that were approved. */
function openHolds(needs: Partial<OpenHoldsNeeds> = {}) {
	const approved: number[] = []
	let nowMs = 0
	const holds = createOpenHolds(
		{
			listHolds: async () => [],
			isWithinLimits: async () => true,
			async approveHold({ amountMinor }) {
				approved.push(amountMinor)
				return true
			},
			released() {},
			log: { warn() {}, info() {} },
			...needs,
		},
		{ agreesWithinPercent: new Map([['metals', 5]]), now: () => nowMs },
	)
	return {
		...holds,
		approved,
		pass(ms: number) {
			nowMs += ms
		},
		async hearAll(...prices: [source: string, amountMinor: number, currency?: string][]) {
			for (const [source, amountMinor, currency = 'EUR'] of prices) holds.hear(source, 'GOLD', currency, amountMinor)
			await holds.settled()
		},
	}
}

test('a second source that agrees releases a held price, once', async () => {
	const holds = openHolds()
	holds.note(hold)
	await holds.hearAll(['exchange', 1_050], ['exchange', 1_050])
	expect(holds.approved).toEqual([1_000])
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([1_000])
})

test('neither the same source, nor another price, nor another currency releases it', async () => {
	const holds = openHolds()
	holds.note(hold)
	await holds.hearAll(['metals', 1_000], ['exchange', 1_051], ['exchange', 949], ['exchange', 1_000, 'USD'])
	expect(holds.approved).toEqual([])
	await holds.hearAll(['exchange', 950])
	expect(holds.approved).toEqual([1_000])
})

test('a price that is held no longer is not released', async () => {
	const holds = openHolds()
	holds.note(hold)
	holds.forget('GOLD', 'exchange')
	holds.forget('GOLD', 'metals')
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([])
})

test('a later price of the source takes the place of the one that was held', async () => {
	const holds = openHolds()
	holds.note(hold)
	holds.note({ ...hold, amountMinor: 2_000 })
	await holds.hearAll(['exchange', 1_000], ['exchange', 2_000])
	expect(holds.approved).toEqual([2_000])
})

test('a price beyond the limits of a person waits for a person', async () => {
	const holds = openHolds({ isWithinLimits: async ({ amountMinor }) => amountMinor <= 1_500 })
	holds.note({ ...hold, amountMinor: 2_000 })
	await holds.hearAll(['exchange', 2_000])
	holds.pass(3_600_000)
	await holds.hearAll(['exchange', 2_000])
	expect(holds.approved).toEqual([])
	holds.note(hold)
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([1_000])
})

test('a release that fails is tried again some seconds later', async () => {
	let isDown = true
	const approved: string[] = []
	const holds = openHolds({
		async approveHold({ id }) {
			if (isDown) throw new Error('the catalog is gone')
			approved.push(id)
			return true
		},
	})
	holds.note(hold)
	await holds.hearAll(['exchange', 1_000])
	isDown = false
	await holds.hearAll(['exchange', 1_000])
	expect(approved).toEqual([])
	holds.pass(5_000)
	await holds.hearAll(['exchange', 1_000])
	expect(approved).toEqual(['H1'])
})

test('what the catalog holds is read again, but for what it holds by its own rules', async () => {
	let listed = [hold, { ...hold, id: 'H2', sku: 'OIL', rule: 'PRICE_ROSE' }]
	const holds = openHolds({ listHolds: async () => listed })
	await holds.refresh('metals')
	holds.hear('exchange', 'OIL', 'EUR', 1_000)
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([1_000])

	listed = [hold]
	await holds.refresh('metals')
	listed = []
	holds.pass(1)
	await holds.refresh('metals')
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([1_000])
})

test('a price that is held while the catalog lists its holds stays', async () => {
	const holds = openHolds({
		async listHolds() {
			holds.note(hold)
			return []
		},
	})
	await holds.refresh('metals')
	await holds.hearAll(['exchange', 1_000])
	expect(holds.approved).toEqual([1_000])
})
