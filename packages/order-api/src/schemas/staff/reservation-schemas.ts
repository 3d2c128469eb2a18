import { MoneySchema } from '@mercat/rest-api/money'
import { NullableTime, OneOf, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const reservationStates = ['HELD', 'COMMITTED', 'RELEASED', 'EXPIRED'] as const

export const ReservationSchema = Type.Object(
	{
		orderId: Type.String({ format: 'uuid' }),
		state: OneOf(reservationStates, {
			description:
				'`HELD`: the stock waits for the payment. `COMMITTED`: sold. `RELEASED`: ended for good. `EXPIRED`: the hold has run out.',
		}),
		lines: Type.Array(
			Type.Object({
				sku: Type.String(),
				title: Type.String({ description: 'As it was when the stock was held' }),
				quantity: Type.Integer(),
				unitPrice: Type.Ref(MoneySchema, { description: 'As it was when the stock was held' }),
			}),
			{ description: 'Sorted by sku; empty when the order was released before it had a reservation' },
		),
		total: Type.Union([Type.Ref(MoneySchema), Type.Null()]),
		expiresAt: NullableTime(
			'When the hold ends, or would have ended. A hold may be used until it is swept, seconds later.',
		),
		createdAt: Time('When the stock was held for the first time'),
		updatedAt: Time('When its state or its end changed last'),
	},
	{ $id: 'Reservation', description: 'What the catalog keeps for an order' },
)

export const OrderReservationSchema = Type.Object(
	{ reservation: Type.Union([Type.Ref(ReservationSchema), Type.Null()]) },
	{ $id: 'OrderReservation', description: 'Null when the catalog has no reservation for the order' },
)

export type Reservation = Static<typeof ReservationSchema>
export type OrderReservation = Static<typeof OrderReservationSchema>
