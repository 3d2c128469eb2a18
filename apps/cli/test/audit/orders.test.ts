import { describe } from 'vitest'
import { type Breach, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const idBreaches: Breach[] = [
	[
		'the customer of an order was changed',
		({ ids }) => ({ order: [`update orders set customer_id = 'mallory' where id = '${ids.paid}'`] }),
		({ ids }) => ({ 3: [new RegExp(`${ids.paid}: its customer and key give [0-9a-f-]{36}`)] }),
	],
	[
		'the idempotency key of an order was changed',
		({ ids }) => ({ order: [`update orders set idempotency_key = 'other' where id = '${ids.expired}'`] }),
		({ ids }) => ({ 3: [`${ids.expired}: its customer and key give`] }),
	],
	[
		'two orders have the same customer and idempotency key',
		({ ids }) => ({
			order: [
				`create temporary table copy as select * from orders where id = '${ids.cancelled}'`,
				`update copy set id = '00000000-0000-4000-8000-000000000000'`,
				'insert into orders select * from copy',
			],
		}),
		({ ids }) => ({
			3: [
				`00000000-0000-4000-8000-000000000000: its customer and key give ${ids.cancelled}`,
				'has 2 orders under one key',
			],
			7: ['00000000-0000-4000-8000-000000000000: cancelled must have 1 messages and has 0'],
		}),
	],
]

const priceBreaches: Breach[] = [
	[
		'the total of an order is not the sum of its lines',
		({ ids }) => ({ order: [`update orders set total_minor = total_minor - 1 where id = '${ids.paid}'`] }),
		({ ids }) => ({ 5: [`${ids.paid}: its total is 3000, its lines add up to 3001`] }),
	],
	[
		'a line of an order has another price than its reservation',
		({ ids }) => ({
			order: [
				`update orders set items = jsonb_set(items, '{0,amountMinor}', '1'), total_minor = 1003 where id = '${ids.delivered}'`,
			],
		}),
		({ ids }) => ({ 5: [`${ids.delivered}: its lines differ from the reserved lines`] }),
	],
	[
		'an order has another currency than its reservation',
		({ ids }) => ({ order: [`update orders set currency = 'JPY' where id = '${ids.placed}'`] }),
		({ ids }) => ({ 5: [`${ids.placed}: in JPY, reserved in EUR`] }),
	],
	[
		'the price in a reservation was changed',
		({ ids }) => ({
			catalog: [
				`update reservation set lines = jsonb_set(lines, '{1,amountMinor}', '5') where order_id = '${ids.cancelled}'`,
			],
		}),
		({ ids }) => ({ 5: [`${ids.cancelled}: its lines differ from the reserved lines`] }),
	],
]

const historyBreaches: Breach[] = [
	[
		'a history does not start at placed',
		({ ids }) => ({
			order: [`update orders set history = jsonb_set(history, '{0,to}', '"paid"') where id = '${ids.placed}'`],
		}),
		({ ids }) => ({
			6: [`${ids.placed}: its history does not start at placed`],
			7: [`${ids.placed}: version 1 is paid, and its event is placed`],
		}),
	],
	[
		'an order has no history',
		({ ids }) => ({ order: [`update orders set history = '[]' where id = '${ids.placed}'`] }),
		({ ids }) => ({
			6: [`${ids.placed}: its history does not start at placed`],
			7: [`${ids.placed}: it has an event of version 1, after 0 transitions`],
		}),
	],
	[
		'a history has a gap',
		({ ids }) => ({
			order: [`update orders set history = jsonb_set(history, '{2,from}', '"placed"') where id = '${ids.delivered}'`],
		}),
		({ ids }) => ({ 6: [`${ids.delivered}: its history has a gap before shipped`] }),
	],
	[
		'a history has a transition that does not exist',
		({ ids }) => ({
			order: [
				`update orders set history = jsonb_set(history, '{1,to}', '"delivered"'), status = 'delivered' where id = '${ids.paid}'`,
			],
		}),
		({ ids }) => ({
			6: [`${ids.paid}: its history goes from placed to delivered`],
			7: [`${ids.paid}: version 2 is delivered, and its event is paid`],
		}),
	],
	[
		'the status of an order differs from the end of its history',
		({ ids }) => ({ order: [`update orders set status = 'delivered' where id = '${ids.shipped}'`] }),
		({ ids }) => ({ 6: [`${ids.shipped}: its history ends at shipped, its status is delivered`] }),
	],
	[
		'the version of an order differs from its number of transitions',
		({ ids }) => ({ order: [`update orders set version = 5 where id = '${ids.paid}'`] }),
		({ ids }) => ({
			6: [`${ids.paid}: its version is 5, after 2 transitions`],
			7: [`${ids.paid}: it has an event of version 5, after 2 transitions`],
		}),
	],
]

describe('Invariant 3, the ids of orders:', () => {
	testBreaches(healthy, idBreaches)
})

describe('Invariant 5, totals and prices:', () => {
	testBreaches(healthy, priceBreaches)
})

describe('Invariant 6, histories:', () => {
	testBreaches(healthy, historyBreaches)
})
