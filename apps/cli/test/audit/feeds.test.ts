import { describe } from 'vitest'
import { missing } from './planted-changes.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const [id, otherId] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']

/** Holds a price of a product that costs 10.00 EUR or 10.01 EUR. */
const hold = (sku: string, { holdId = id, amount = 1, state = 'open', end = 'null, null' } = {}) => `
	insert into held_price (
		id, sku, source, rule, old_currency, old_amount_minor, new_currency, new_amount_minor, figures, state, resolved_at, resolved_by
	) values ('${holdId}', '${sku}', 'acme', 'PRICE_FELL', 'EUR', 1000, 'EUR', ${amount}, '{}', '${state}', ${end})`

const feed = (runNumber: number, leasedUntil = 'now()') =>
	`insert into feed (name, run_number, leased_until) values ('acme', ${runNumber}, ${leasedUntil})`
const run = (number: number, end = "now(), 'synced'") =>
	`insert into feed_run (feed, number, ended_at, outcome) values ('acme', ${number}, ${end})`
const goesOn = 'null, null'

const holdBreaches: Breach[] = [
	[
		'two prices are held for one product',
		({ sku }) => ({ catalog: ['drop index held_price_open', hold(sku), hold(sku, { holdId: otherId, amount: 2 })] }),
		({ sku }) => ({ 8: [missing('held_price_open'), `${sku}: 2 prices are held at once`] }),
	],
	[
		'a price is held of a product that does not exist',
		() => ({ catalog: ['alter table held_price drop constraint held_price_sku_fkey', hold('GHOST')] }),
		() => ({ 8: [`${id}: it holds a price of GHOST, and there is no such product`] }),
	],
	[
		'a price is held that the product had before',
		({ sku }) => ({ catalog: [hold(sku, { amount: 1_000 })] }),
		({ sku }) => ({ 8: [`${id}: it holds the price that ${sku} had before`] }),
	],
	[
		'a hold that was approved has no time of its end',
		({ sku }) => ({
			catalog: [
				'alter table held_price drop constraint held_price_resolved',
				hold(sku, { state: 'approved', end: "null, 'alice'" }),
			],
		}),
		() => ({ 8: [missing('held_price_resolved'), `${id}: it is approved, and has no time of its end`] }),
	],
	[
		'an open hold has a time of its end',
		({ sku }) => ({
			catalog: ['alter table held_price drop constraint held_price_resolved', hold(sku, { end: 'now(), null' })],
		}),
		() => ({ 8: [`${id}: it is open, and has a time of its end`] }),
	],
	[
		'a hold was rejected by nobody',
		({ sku }) => ({ catalog: [hold(sku, { state: 'rejected', end: 'now(), null' })] }),
		() => ({ 8: [`${id}: it is rejected, and nobody has decided it`] }),
	],
]

const runBreaches: Breach[] = [
	[
		'two runs of a feed go on',
		() => ({ catalog: [feed(2), run(1, goesOn), run(2, goesOn)] }),
		() => ({ 8: ['acme: 2 runs are without an end', 'acme: run 1 is without an end, and run 2 has followed it'] }),
	],
	[
		'the latest run of a feed goes on, and has ended',
		() => ({ catalog: [feed(1, "'-infinity'"), run(1, goesOn)] }),
		() => ({ 8: ['acme: run 1 is without an end, and its feed says that it has ended'] }),
	],
	[
		'a run has a number above that of its feed',
		() => ({ catalog: [feed(1), run(1), run(2)] }),
		() => ({ 8: ['acme: run 2 has a number above that of the feed, 1'] }),
	],
	[
		'the latest run of a feed is missing',
		() => ({ catalog: [feed(2), run(1)] }),
		() => ({ 8: ['acme: its latest run 2 is missing'] }),
	],
	[
		'a run can end without an outcome',
		() => ({
			catalog: ['alter table feed_run drop constraint feed_run_ended', feed(1), run(1, 'now(), null')],
		}),
		() => ({ 8: [missing('feed_run_ended')] }),
	],
]

const accepted: AcceptedState[] = [
	['the latest run of a feed goes on', () => ({ catalog: [feed(2), run(1), run(2, goesOn)] })],
	['a feed has had no run', () => ({ catalog: [feed(0)] })],
	[
		'a replica of the version before has given a product the price that is held for it',
		({ sku }) => ({
			catalog: [
				hold(sku, { amount: 1_000 }),
				"update held_price set since = '2026-11-29T10:00:00Z'",
				`update product set updated_at = '2026-11-29T10:00:01Z' where sku = '${sku}'`,
			],
		}),
	],
	[
		'a product has one held price, and one that was approved before',
		({ sku }) => ({
			catalog: [hold(sku), hold(sku, { holdId: otherId, amount: 1_000, state: 'approved', end: "now(), 'alice'" })],
		}),
	],
]

describe('Invariant 8, held prices:', () => {
	testBreaches(healthy, holdBreaches)
})

describe('Invariant 8, runs of feeds:', () => {
	testBreaches(healthy, runBreaches)
	testAcceptedStates(healthy, accepted)
})
