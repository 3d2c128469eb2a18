import { describe } from 'vitest'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

/** Changes a price as a catalog does it. */
const reprice = (sku: string, amount: number, currency = 'EUR') =>
	`update product set amount_minor = ${amount}, currency = '${currency}', version = version + 1 where sku = '${sku}'`
/** Changes a product as nothing but a person in the database does it. */
const meddle = (sku: string, change: string) => [
	'alter table product disable trigger user',
	`update product set ${change} where sku = '${sku}'`,
]
const ofFirst = (sku: string) => `sku = '${sku}' and ended_at = (select min(ended_at) from price_change)`
const ofLast = (sku: string) => `sku = '${sku}' and ended_at = (select max(ended_at) from price_change)`

/** Makes all prices and the history older by days. */
const makeOlder = (days: number) => [
	'alter table product disable trigger user',
	...['price_change set began_at', 'price_change set ended_at'].map(
		(column) => `update ${column} = ${column.split(' ').at(-1)} - interval '${days} days'`,
	),
	`update product set created_at = created_at - interval '${days} days', price_began_at = price_began_at - interval '${days} days'`,
	`update price_reduction set began_at = began_at - interval '${days} days', lowest_until = lowest_until - interval '${days} days'`,
	`update price_history set began_at = began_at - interval '${days} days', folded_until = folded_until - interval '${days} days'`,
]
/** Puts all prices that have ended into the bars of their day, of which 10.00 EUR is the first. */
const fold = [
	"update price_history set folded_until = now() + interval '1 hour'",
	`insert into price_day (sku, day, currency, open_minor, high_minor, low_minor, close_minor, changes, last_began_at)
	select sku, (now() at time zone 'UTC')::date, 'EUR', 1000, greatest(max(price_change.amount_minor), product.amount_minor),
		least(min(price_change.amount_minor), product.amount_minor), product.amount_minor, count(*) + 1, product.price_began_at
	from price_change join product using (sku) group by sku, product.amount_minor, product.price_began_at`,
]

const historyBreaches: Breach[] = [
	[
		'a price begins after the one before it has ended',
		({ sku }) => ({
			catalog: [
				reprice(sku, 900),
				reprice(sku, 950),
				`update price_change set began_at = began_at + interval '1 microsecond' where ${ofLast(sku)}`,
			],
		}),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its price before \\S+ is missing`)] }),
	],
	[
		'a price begins before the one before it has ended',
		({ sku }) => ({
			catalog: [
				reprice(sku, 900),
				reprice(sku, 950),
				`update price_change set began_at = began_at - interval '1 microsecond' where ${ofLast(sku)}`,
			],
		}),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its price of \\S+ began before the one before it had ended`)] }),
	],
	[
		'the first price of a product is lost',
		({ sku }) => ({
			catalog: [reprice(sku, 900), reprice(sku, 950), `delete from price_change where ${ofFirst(sku)}`],
		}),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its price before \\S+ is missing`)] }),
	],
	[
		'the last price before the present one is lost',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), 'delete from price_change'] }),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its price began at \\S+, and no price has ended then`)] }),
	],
	[
		'a product has got a price that it had before, without a history',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), ...meddle(sku, 'amount_minor = 1000, version = version + 1')] }),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its price has not changed at \\S+`)], 11: [sku] }),
	],
	[
		'the history of a product goes on after its present price',
		({ sku, otherSku }) => ({
			catalog: [
				reprice(sku, 1_100),
				reprice(otherSku, 1_100),
				...meddle(sku, "price_began_at = price_began_at - interval '1 s'"),
				...meddle(otherSku, 'price_began_at = null'),
			],
		}),
		({ sku, otherSku }) => ({
			10: [
				new RegExp(`${sku}: a price of it has ended at \\S+, and its present one began \\d`),
				new RegExp(`${otherSku}: a price of it has ended at \\S+, and its present one began with it`),
			],
		}),
	],
	[
		'a product has a history and does not exist',
		() => ({
			catalog: ["insert into price_change values ('ZZZ', now(), now(), 'EUR', 1), ('0', now(), now(), 'EUR', 1)"],
		}),
		() => ({
			10: [
				'0: it has had prices, and there is no such product',
				'ZZZ: it has had prices, and there is no such product',
			],
		}),
	],
	[
		'the history has lost its row',
		() => ({ catalog: ['delete from price_history'] }),
		() => ({ 10: ['price_history: the history must have one row'] }),
	],
	[
		'a bar of a day is missing',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), ...fold, 'delete from price_day'] }),
		({ sku }) => ({ 10: [new RegExp(`${sku}: its bar of \\S+ in EUR is missing`)] }),
	],
	[
		'a bar of a day has another lowest price than the day',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), ...fold, 'update price_day set low_minor = 999'] }),
		({ sku }) => ({
			10: [new RegExp(`${sku}: its bar of \\S+ is from 999 to 1100, and its prices were from 1000 to 1100`)],
		}),
	],
	[
		'a bar has more prices than its day',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), ...fold, 'update price_day set changes = 3'] }),
		({ sku }) => ({ 10: [new RegExp(`${sku}: in its bar of \\S+ begin 3 prices, and on that day began 2`)] }),
	],
	[
		'a bar is of a day without a price that ended',
		({ sku }) => ({ catalog: [reprice(sku, 1_100), ...fold, 'update price_day set day = day - 1'] }),
		({ sku }) => ({
			10: [
				new RegExp(`${sku}: its bar of \\S+ in EUR is missing`),
				new RegExp(`${sku}: its bar of \\S+ in EUR is one of no price`),
			],
		}),
	],
]

const reductionBreaches: Breach[] = [
	[
		'the price of a product is a reduction without a lowest price',
		({ sku }) => ({ catalog: [reprice(sku, 900), 'delete from price_reduction'] }),
		({ sku }) => ({ 10: [`${sku}: its price is a reduction, and it has no lowest price`] }),
	],
	[
		'a price that has risen has a lowest price',
		({ sku }) => ({
			catalog: [
				reprice(sku, 1_100),
				`insert into price_reduction select sku, price_began_at, currency, 1000, price_began_at from product where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({ 10: [`${sku}: it has a lowest price, and its price is no reduction`] }),
	],
	[
		'the lowest price is not the lowest of 30 days',
		({ sku }) => ({
			catalog: [
				reprice(sku, 700),
				reprice(sku, 1_100),
				reprice(sku, 900),
				'update price_reduction set lowest_minor = 1100',
			],
		}),
		({ sku }) => ({ 10: [`${sku}: its lowest price is 1100, and the lowest of 30 days is 700`] }),
	],
	[
		'the lowest price is above the price before, and the days before are deleted',
		({ sku }) => ({
			catalog: [
				reprice(sku, 900),
				'update price_history set pruned_before = pruned_before + 39',
				'update price_reduction set lowest_minor = 1100',
			],
		}),
		({ sku }) => ({ 10: [`${sku}: its lowest price is 1100, and the price before was 1000`] }),
	],
	[
		'the lowest price is in another currency',
		({ sku }) => ({ catalog: [reprice(sku, 900), "update price_reduction set currency = 'USD'"] }),
		({ sku }) => ({ 10: [`${sku}: its lowest price is in USD`] }),
	],
]

const id = '00000000-0000-4000-8000-000000000001'

/** Holds a price of a product that costs 10.00 EUR. */
const hold = (sku: string, { old = 1_000, state = 'open', until = 'null', since = 'clock_timestamp()' } = {}) => `
	insert into held_price (
		id, sku, source, rule, old_currency, old_amount_minor, new_currency, new_amount_minor, figures, state, since, until, resolved_at
	) values (
		'${id}', '${sku}', 'acme', 'PRICE_FELL', 'EUR', ${old}, 'EUR', 1, '{}', '${state}', ${since}, ${until},
		${state === 'open' ? 'null' : "now() + interval '1 s'"}
	)`
// Clocks may differ by a minute, and the shop is seconds old.
const aDayOlder = [...makeOlder(1), 'alter table product enable trigger user']

const holdBreaches: Breach[] = [
	[
		'a price is to replace one that the product never had',
		({ sku }) => ({ catalog: [...aDayOlder, hold(sku, { old: 999 })] }),
		({ sku }) => ({ 10: [new RegExp(`${id}: it is to replace 999 EUR, which ${sku} did not cost at \\S+`)] }),
	],
	[
		'a price was held before the price that it is to replace',
		({ sku }) => ({
			catalog: [...aDayOlder, reprice(sku, 900), hold(sku, { old: 900, since: "now() - interval '1 hour'" })],
		}),
		({ sku }) => ({ 10: [new RegExp(`${id}: it is to replace 900 EUR, which ${sku} did not cost at \\S+`)] }),
	],
	[
		'a hold ends before it begins',
		({ sku }) => ({ catalog: [hold(sku, { until: "now() - interval '1 s'" })] }),
		() => ({ 10: [`${id}: it ends before it begins`] }),
	],
	[
		'a hold has expired before its end',
		({ sku }) => ({ catalog: [hold(sku, { state: 'expired', until: "now() + interval '1 hour'" })] }),
		() => ({ 10: [`${id}: it has expired before its end`] }),
	],
	[
		'a hold without an end has expired',
		({ sku }) => ({ catalog: [hold(sku, { state: 'expired' })] }),
		() => ({ 10: [`${id}: it has expired before its end`] }),
	],
	[
		'a withdrawn price has lapsed as a rejected one',
		({ sku }) => ({ catalog: [hold(sku, { state: 'withdrawn' }), 'update held_price set lapsed_at = now()'] }),
		() => ({ 10: [`${id}: it is withdrawn, and has lapsed as a rejected one`] }),
	],
]

const accepted: AcceptedState[] = [
	[
		'prices have changed, also their currency, and days have their bars',
		({ sku }) => ({
			catalog: [reprice(sku, 900), reprice(sku, 700), reprice(sku, 1_100), reprice(sku, 800), ...fold],
		}),
	],
	[
		'the currency of a product has changed',
		({ sku }) => ({ catalog: [reprice(sku, 900, 'USD'), reprice(sku, 800), reprice(sku, 700)] }),
	],
	[
		'old prices are deleted, and the price of a product began before',
		({ sku, otherSku }) => ({
			catalog: [
				...[700, 900, 800].map((amount) => reprice(sku, amount)),
				...[700, 1_100, 900, 800].map((amount) => reprice(otherSku, amount)),
				...makeOlder(50),
				`delete from price_change where sku = '${sku}'`,
				`delete from price_change where ${ofFirst(otherSku)}`,
			],
		}),
	],
	[
		'the shop has set another price after one was held',
		({ sku }) => ({
			catalog: [
				...aDayOlder,
				hold(sku, { since: "now() - interval '1 hour'" }),
				reprice(sku, 900),
				reprice(sku, 1_000),
			],
		}),
	],
	[
		'a hold has expired',
		({ sku }) => ({
			catalog: [hold(sku, { state: 'expired', since: "now() - interval '1 hour'", until: "now() - interval '1 s'" })],
		}),
	],
	[
		'a hold has ended while no catalog runs',
		({ sku }) => ({
			catalog: [...aDayOlder, hold(sku, { since: "now() - interval '2 hours'", until: "now() - interval '1 hour'" })],
		}),
	],
]

describe('Invariant 10, histories of prices:', () => {
	testBreaches(healthy, [...historyBreaches, ...reductionBreaches])
})

describe('Invariant 10, held prices:', () => {
	testBreaches(healthy, holdBreaches)
	testAcceptedStates(healthy, accepted)
})
