import { describe } from 'vitest'
import { forget, missing, moveStock, sell } from './planted-changes.ts'
import { type Breach, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const stockBreaches: Breach[] = [
	[
		'more stock is held than is on hand',
		({ sku }) => ({
			catalog: [
				'alter table stock drop constraint stock_never_oversold',
				`update stock set held = on_hand + 1 where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({ 1: [missing('stock_never_oversold'), `${sku}: on hand 94, held 95, held by reservations 2`] }),
	],
	[
		'the held quantity is negative',
		({ sku }) => ({
			catalog: [
				'alter table stock drop constraint stock_held_not_negative',
				`update stock set held = -1 where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({ 1: [missing('stock_held_not_negative'), `${sku}: on hand 94, held -1`] }),
	],
	[
		'the quantity on hand is negative',
		({ sku }) => ({
			catalog: [
				'alter table stock drop constraint stock_on_hand_range',
				'alter table stock drop constraint stock_never_oversold',
				`update stock set on_hand = -1 where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({
			1: [missing('stock_on_hand_range'), missing('stock_never_oversold'), `${sku}: on hand -1, held 2`],
			2: [`${sku}: on hand -1, the ledger adds up to 94`],
		}),
	],
	[
		'more stock is held than the reservations hold',
		({ sku }) => ({ catalog: [`update stock set held = held + 1 where sku = '${sku}'`] }),
		({ sku }) => ({ 1: [`${sku}: on hand 94, held 3, held by reservations 2`] }),
	],
	[
		'less stock is held than the reservations hold',
		() => ({ catalog: ['update stock set held = 0'] }),
		({ sku, otherSku }) => ({
			1: [
				`${sku}: on hand 94, held 0, held by reservations 2; ${otherSku}: on hand 97, held 0, held by reservations 1`,
			],
		}),
	],
	[
		'a reservation holds a product that has no stock',
		({ ids }) => ({
			catalog: [
				`insert into reservation select gen_random_uuid(), 'held', '[{"sku": "GHOST", "title": "G", "quantity": 3, "amountMinor": 1}]',
					currency, total_minor, expires_at from reservation where order_id = '${ids.placed}'`,
			],
		}),
		() => ({ 1: ['GHOST: on hand 0, held 0, held by reservations 3'] }),
	],
	...['stock_on_hand_range', 'stock_held_not_negative', 'stock_never_oversold'].map(
		(name): Breach => [
			`the constraint ${name} is missing`,
			() => ({ catalog: [`alter table stock drop constraint ${name}`] }),
			() => ({ 1: [missing(name)] }),
		],
	),
	[
		'a constraint was added again without validating the existing rows',
		() => ({
			catalog: [
				'alter table stock drop constraint stock_never_oversold',
				'alter table stock add constraint stock_never_oversold check (held <= on_hand) not valid',
			],
		}),
		() => ({ 1: [missing('stock_never_oversold')] }),
	],
]

const ledgerBreaches: Breach[] = [
	[
		'stock changed without a movement in the ledger',
		({ sku }) => ({ catalog: [`update stock set on_hand = on_hand + 1 where sku = '${sku}'`] }),
		({ sku }) => ({ 2: [`${sku}: on hand 95, the ledger adds up to 94`] }),
	],
	[
		'the ledger has a movement that did not change the stock',
		({ sku }) => ({
			catalog: [`insert into stock_movement (sku, kind, cause, delta) values ('${sku}', 'adjust', 'x', 5)`],
		}),
		({ sku }) => ({ 2: [`${sku}: on hand 94, the ledger adds up to 99`] }),
	],
	[
		'a sale has no movement in the ledger',
		({ ids }) => ({ catalog: [forget('commit', ids.paid), moveStock('on_hand', 1)] }),
		({ ids, sku }) => ({ 2: [`${ids.paid}: sold 0 of ${sku} by the ledger, 2 by its reservation`] }),
	],
	[
		'the ledger has a sale of an order that was never sold',
		({ ids }) => ({ catalog: [sell(ids.placed), moveStock('on_hand', -1)] }),
		({ ids, sku }) => ({ 2: [`${ids.placed}: sold 2 of ${sku} by the ledger, 0 by its reservation`] }),
	],
	[
		'one cause has two movements in the ledger',
		({ ids }) => ({
			catalog: [
				'alter table stock_movement drop constraint stock_movement_pkey',
				sell(ids.paid),
				moveStock('on_hand', -1),
			],
		}),
		({ ids, sku }) => ({
			2: [
				missing('stock_movement_pkey'),
				`${sku}: commit ${ids.paid} has 2 effects`,
				`${ids.paid}: sold 4 of ${sku} by the ledger, 2 by its reservation`,
			],
		}),
	],
	[
		'the ledger has lost its primary key',
		() => ({ catalog: ['alter table stock_movement drop constraint stock_movement_pkey'] }),
		() => ({ 2: [missing('stock_movement_pkey')] }),
	],
]

describe('Invariant 1, stock and holds:', () => {
	testBreaches(healthy, stockBreaches)
})

describe('Invariant 2, the ledger:', () => {
	testBreaches(healthy, ledgerBreaches)
})
