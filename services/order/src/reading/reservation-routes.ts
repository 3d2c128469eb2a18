import { isOrderId } from '@mercat/catalog-api/identifiers'
import { OrderIdParams } from '@mercat/order-api/order-schemas'
import { OrderReservationSchema, type Reservation } from '@mercat/order-api/reservation-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'

export type ReservationRoutesNeeds = {
	/** What the catalog keeps for an order; undefined when it keeps nothing. */
	getReservation(orderId: string, budget: Budget): Promise<Reservation | undefined>
}

/** The route that shows staff the reservation of an order, for a scope that requires a sign-in. */
export function reservationRoutes(app: FastifyTypeBox, needs: ReservationRoutesNeeds): void {
	app.get(
		'/v1/orders/:id/reservation',
		{
			config: {
				scopes: [staffScope],
				problems: ['ORDER_NOT_FOUND', 'CATALOG_ERROR', 'CATALOG_UNAVAILABLE', 'CATALOG_TIMEOUT'],
			},
			schema: {
				operationId: 'getOrderReservation',
				summary: 'Read what the catalog keeps for an order',
				description:
					'The stock that it holds or has sold for the order. It may have a reservation although the order does not exist: the answer to its placing was lost, or is on its way.',
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(OrderReservationSchema, { description: 'The reservation, or null' }) },
			},
		},
		async ({ params: { id }, budget }) => {
			if (!isOrderId(id)) throw new Problem('ORDER_NOT_FOUND')
			return { reservation: (await needs.getReservation(id, budget)) ?? null }
		},
	)
}
