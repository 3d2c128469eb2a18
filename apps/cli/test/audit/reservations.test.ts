import { describe } from 'vitest'
import { forget, moveStock, reservationIs, sell } from './planted-changes.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const reservationBreaches: Breach[] = [
	[
		'the reservation of a placed order is expired',
		({ ids }) => ({ catalog: [reservationIs(ids.placed, 'expired'), moveStock('held', -1)] }),
		({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is expired`] }),
	],
	[
		'the reservation of a placed order is released',
		({ ids }) => ({ catalog: [reservationIs(ids.placed, 'released'), moveStock('held', -1)] }),
		({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is released`] }),
	],
	[
		'the reservation of a placed order is committed',
		({ ids }) => ({
			catalog: [
				reservationIs(ids.placed, 'committed'),
				sell(ids.placed),
				moveStock('held', -1),
				moveStock('on_hand', -1),
			],
		}),
		({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is committed`] }),
	],
	[
		'a placed order has no reservation',
		({ ids }) => ({
			catalog: [`delete from reservation where order_id = '${ids.placed}'`, moveStock('held', -1)],
		}),
		({ ids }) => ({ 4: [`${ids.placed}: placed, and its reservation is absent`] }),
	],
	...(['paid', 'shipped', 'delivered'] as const).flatMap((status): Breach[] => [
		[
			`the reservation of a ${status} order is only held`,
			({ ids }) => ({
				catalog: [
					reservationIs(ids[status], 'held'),
					forget('commit', ids[status]),
					moveStock('on_hand', 1),
					moveStock('held', 1),
				],
			}),
			({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is held`] }),
		],
		[
			`a ${status} order has no reservation`,
			({ ids }) => ({
				catalog: [
					`delete from reservation where order_id = '${ids[status]}'`,
					forget('commit', ids[status]),
					moveStock('on_hand', 1),
				],
			}),
			({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is absent`] }),
		],
	]),
	...(['cancelled', 'expired'] as const).flatMap((status): Breach[] => [
		[
			`a ${status} order still holds stock`,
			({ ids }) => ({ catalog: [reservationIs(ids[status], 'held'), moveStock('held', 1)] }),
			({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is held`] }),
		],
		[
			`the reservation of a ${status} order is expired and could be held again`,
			({ ids }) => ({ catalog: [reservationIs(ids[status], 'expired')] }),
			({ ids }) => ({ 4: [`${ids[status]}: ${status}, and its reservation is expired`] }),
		],
	]),
	[
		'the stock of a cancelled order is still sold',
		({ ids }) => ({
			catalog: [reservationIs(ids.returned, 'committed'), forget('return', ids.returned), moveStock('on_hand', -1)],
		}),
		({ ids }) => ({ 4: [`${ids.returned}: cancelled, and its reservation is committed`] }),
	],
	[
		'the lines of a reservation differ from the lines of its order',
		({ ids, sku }) => ({
			catalog: [
				`update reservation set lines = jsonb_set(lines, '{0,quantity}', '3') where order_id = '${ids.placed}'`,
				`update stock set held = 3 where sku = '${sku}'`,
			],
		}),
		({ ids }) => ({
			4: [`${ids.placed}: its reservation has other lines`],
			5: [`${ids.placed}: its lines differ from the reserved lines`],
		}),
	],
	[
		'stock was sold to an order that does not exist',
		({ ids }) => ({
			order: [`delete from outbox where order_id = '${ids.paid}'`, `delete from orders where id = '${ids.paid}'`],
		}),
		({ ids }) => ({
			4: [`${ids.paid}: its stock is sold, and there is no such order`],
			7: [new RegExp(`event \\d+: there is no order ${ids.paid}`)],
		}),
	],
]

const accepted: AcceptedState[] = [
	[
		'a paid order is not sold yet because its commit is still pending',
		({ ids }) => ({
			order: [
				`update outbox set state = 'pending', last_error = 'HTTP 503' where order_id = '${ids.paid}' and destination = 'catalog'`,
			],
			catalog: [
				reservationIs(ids.paid, 'held'),
				forget('commit', ids.paid),
				moveStock('on_hand', 1),
				moveStock('held', 1),
			],
		}),
	],
	[
		'an expired order still has the status placed and its hold is swept already',
		({ ids }) => ({
			order: [`update orders set expires_at = placed_at where id = '${ids.placed}'`],
			catalog: [reservationIs(ids.placed, 'expired'), moveStock('held', -1)],
		}),
	],
	[
		'a reservation is held for an order that was never placed',
		({ ids }) => ({
			catalog: [
				`insert into reservation select gen_random_uuid(), state, lines, currency, total_minor, expires_at
				from reservation where order_id = '${ids.placed}'`,
				moveStock('held', 1),
			],
		}),
	],
	[
		'an order was released before its stock was held',
		({ ids }) => ({
			catalog: [
				`update reservation set lines = '[]', currency = null, total_minor = null, expires_at = null where order_id = '${ids.cancelled}'`,
			],
		}),
	],
]

describe('Invariant 4, orders and reservations:', () => {
	testBreaches(healthy, reservationBreaches)
})

testAcceptedStates(healthy, accepted)
